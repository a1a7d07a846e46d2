"""Holes of a page: filled, numbered, or explained."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.diagnostics import Span, warning
from kejian.model import UID, Artifact, Diagram, Example, Formula, Icon, Listing, Slide
from kejian.page.slots import Slots, marked, problem

HERE = Span("slides/a.md", 7, 3)
FORMULA = Formula("x<y", display=False, span=HERE)
DRAWING = Diagram("digraph { a -> b }", "dot", "dot", HERE)
LISTING = Listing("a\nb\nc\n", "python", HERE)
ICON = Icon("weixin", HERE)


def slide(html, *holes):
    return Slide(html, HERE, holes=holes)


def slot(n):
    return f'<kj-hole n="{n}"></kj-hole>'


def test_a_hole_is_replaced_by_its_artifact():
    slots = Slots({FORMULA: Artifact("<svg>x</svg>")})
    assert slots.fill(slide(f"<p>{slot(0)}</p>", FORMULA)) == "<p><svg>x</svg></p>"


def test_each_use_has_a_number_of_its_own():
    slots = Slots({DRAWING: Artifact(f'<svg id="g{UID}"><use href="#g{UID}"/></svg>')})
    html = slots.fill(slide(slot(0) * 2, DRAWING)) + slots.fill(slide(slot(0), DRAWING))
    assert re.findall(r'id="(\w+)"', html) == ["g1", "g2", "g3"]
    assert UID not in html


def test_a_glyph_is_hoisted_once():
    glyph = ("A", '<path id="A" d=""/>')
    slots = Slots({FORMULA: Artifact("f", (glyph,)), ICON: Artifact("i", (glyph, ("B", '<path id="B"/>')))})
    slots.fill(slide(slot(0) + slot(1), FORMULA, ICON))
    assert slots.hoisted().count('id="A"') == slots.hoisted().count('id="B"') == 1
    assert 'aria-hidden="true"' in slots.hoisted()


def test_a_page_without_glyphs_hoists_nothing():
    assert Slots({}).hoisted() == ""


def test_what_failed_says_why_where_and_shows_the_source():
    why = warning("bad-tex", HERE, "no such macro \\<b>", "define it")
    html = Slots({FORMULA: why}).fill(slide(slot(0), FORMULA))
    assert 'class="problem inline"' in html
    assert "no such macro \\&lt;b&gt;" in html
    assert "slides/a.md:7" in html
    assert "define it" in html
    assert '<code class="source">x&lt;y</code>' in html


def test_every_kind_of_hole_shows_what_the_author_wrote():
    holes = [DRAWING, LISTING, ICON, Example("lenet.summary()", HERE)]
    slots = Slots(dict.fromkeys(holes, warning("bad", HERE, "no")))
    html = slots.fill(slide("".join(slot(n) for n in range(4)), *holes))
    assert "digraph { a -&gt; b }" in html
    assert ">a\nb\nc\n<" in html
    assert ":fa-weixin:" in html
    assert "lenet.summary()" in html


@pytest.mark.parametrize(
    ("hole", "kind"),
    [
        (FORMULA, "problem inline"),
        (Formula("x", display=True, span=HERE), "problem"),
        (Example("a.b()", HERE, format=".2f"), "problem inline"),
        (Example("a.b()", HERE), "problem"),
        (ICON, "problem inline"),
        (LISTING, "problem"),
    ],
)
def test_a_box_stands_in_the_line_only_where_the_hole_does(hole, kind):
    assert f'class="{kind}"' in problem(warning("bad", HERE, "no"), hole)


def test_a_number_without_a_hole_leaves_nothing():
    """An author may type `<kj-hole n=9>`; the tag is harmless and allowed."""
    assert Slots({}).fill(slide(f"a{slot(9)}b")) == "ab"


def test_marked_lines_of_a_listing():
    rows = "".join(f'<span class="line">{c}\n</span>' for c in "abc")
    slots = Slots({LISTING: Artifact(rows)})
    html = slots.fill(
        slide(f'<pre data-marked="2-3"><code>{slot(0)}</code></pre><pre><code>{slot(0)}</code></pre>', LISTING)
    )
    assert html.count('class="line marked"') == 2
    assert html.count('class="line"') == 4


@given(st.text(alphabet="0123456789,-", max_size=30))
def test_any_marking_keeps_the_lines(lines):
    rows = "".join(f'<span class="line">{n}</span>' for n in range(5))
    assert marked(rows, lines).replace(" marked", "") == rows
