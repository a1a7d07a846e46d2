"""Slides become reveal.js sections."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core import attributes
from kejian.core.diagnostics import Span
from kejian.core.model import Slide
from kejian.parse.html import sanitize
from kejian.render.sections import joined, parts, section, sources, stacks


def slide(html="<p>text</p>", mark="", **more):
    return Slide(
        html=html,
        span=Span("a.md"),
        attributes=attributes.parse(mark),
        vertical=attributes.parse(mark).truthy("vertical"),
        **more,
    )


def drawn(*slides):
    columns = sources(slides, lambda s: s.html, places=False)
    return joined([[section(one, sanitize.clean) for one in column] for column in columns])


@pytest.mark.parametrize(
    ("marks", "columns"),
    [
        ("-vv--v", [3, 1, 2]),
        ("v-", [1, 1]),
        ("vv-v", [1, 1, 2]),
        ("", []),
        ("-", [1]),
        ("vvv", [1, 1, 1]),
    ],
)
def test_vertical_slides_stack_under_the_one_before(marks, columns):
    slides = [slide(mark="vertical=true" if m == "v" else "") for m in marks]
    assert [len(column) for column in stacks(slides)] == columns


@given(st.lists(st.booleans()))
def test_stacking_keeps_every_slide_in_order(marks):
    slides = [slide(f"<p>{n}</p>", "vertical" if m else "") for n, m in enumerate(marks)]
    assert [s for column in stacks(slides) for s in column] == slides


def test_positions_are_those_of_the_address_bar():
    html = drawn(*(slide(mark="vertical=true" if m == "v" else "") for m in "-vv--v"))
    assert re.findall(r'data-h="(\d)" data-v="(\d)"', html) == [tuple(p) for p in "00 01 02 10 20 21".split()]
    assert re.findall(r'class="((?:present )?stack)"', html) == ["present stack", "stack"]


def test_a_section_keeps_the_attributes_of_its_mark():
    html = drawn(slide(mark='.wide data-background-color="#123" vertical=true data-state=x'))
    assert '<section class="present slide wide bare" data-background-color="#123" data-state="x" id="s0.0"' in html
    assert "vertical" not in html


def test_a_mark_may_not_bring_handlers():
    assert "onclick" not in drawn(slide(mark='onclick="alert(1)"'))


def test_notes_stand_in_the_attribute_and_in_an_aside():
    html = drawn(slide(mark='data-notes="90 年代<br>支票"'))
    assert '<aside class="notes">90 年代<br>支票</aside>' in html
    assert 'data-notes="90 年代&lt;br&gt;支票"' in html


def test_empty_notes_are_none():
    assert "notes" not in drawn(slide(mark='data-notes=""'))


def test_notes_are_harmless():
    html = drawn(slide(mark="""data-notes="a<img src=x onerror=alert(1)><script>alert(2)</script>" """))
    assert "onerror" not in html
    assert "script" not in html


def test_an_id_of_the_author_wins_and_ours_never_clash():
    html = drawn(slide(mark="#mine"), slide('<h2 id="s1.0">x</h2>'))
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert ids[0] == "mine"
    assert len(ids) == len(set(ids)) == 3


def test_a_title_labels_the_section():
    assert 'aria-label="A &lt; B"' in drawn(slide(title="A < B"))


def test_header_and_footer_leave_the_body():
    header = '<div class="header"><div class="title"><h5>T</h5></div></div>'
    footer = '<div class="footer"><h6>f</h6></div>'
    assert parts(f"{header}<p>a</p>{footer}<p>b</p>") == (header, "<p>a</p><p>b</p>", footer)


def test_a_footer_is_found_inside_a_box_that_was_never_closed():
    _, body, footer = parts('<div class="multi_column"><p>a</p><div class="footer">f</div></div>')
    assert footer == '<div class="footer">f</div>'
    assert body == '<div class="multi_column"><p>a</p></div>'


def test_a_slide_without_either_stays_as_it_is():
    assert parts("a <b>footer</b> & header") == ("", "a <b>footer</b> &amp; header", "")
    assert parts("<p>a<p>b") == ("", "<p>a<p>b", "")


def test_only_slides_with_a_title_or_a_footer_start_at_the_top():
    logo = '<div class="header"><img class="hust" alt=""></div>'
    assert "bare" in drawn(slide(f"{logo}<h1>T</h1>"))
    assert "bare" not in drawn(slide('<div class="footer">f</div>'))
    assert "bare" not in drawn(slide('<div class="header"><div class="title"><h5>T</h5></div></div>'))


def test_a_section_inside_a_slide_is_not_a_slide():
    html = drawn(slide('<section class="footnotes"><ol></ol></section>'))
    assert html.count("<section") == html.count("</section>") == 1
    assert '<div class="footnotes">' in html
