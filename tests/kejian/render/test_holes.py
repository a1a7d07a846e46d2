"""Holes of a page: filled, numbered, or explained."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core.diagnostics import Span, warning
from kejian.core.model import UID, Artifact, Diagram, Example, Formula, Icon, Listing, Slide
from kejian.render.holes import HoleSlots, marked, problem

HERE = Span("slides/a.md", 7, 3)
FORMULA = Formula("x<y", display=False, span=HERE)
DRAWING = Diagram("digraph { a -> b }", "dot", "dot", HERE)
LISTING = Listing("a\nb\nc\n", "python", HERE)
ICON = Icon("weixin", HERE)


def slide(html, *holes):
    return Slide(html=html, span=HERE, holes=holes)


def slot(n):
    return f'<kj-hole n="{n}"></kj-hole>'


def test_a_hole_is_replaced_by_its_artifact():
    slots = HoleSlots({FORMULA: Artifact(html="<svg>x</svg>")})
    assert slots.fill(slide(f"<p>{slot(0)}</p>", FORMULA)) == "<p><svg>x</svg></p>"


def test_each_use_has_a_number_of_its_own():
    slots = HoleSlots({DRAWING: Artifact(html=f'<svg id="g{UID}"><use href="#g{UID}"/></svg>')})
    html = slots.fill(slide(slot(0) * 2, DRAWING)) + slots.fill(slide(slot(0), DRAWING))
    assert re.findall(r'id="(\w+)"', html) == ["g1", "g2", "g3"]
    assert UID not in html


def test_a_glyph_is_hoisted_once():
    glyph = ("A", '<path id="A" d=""/>')
    icon = Artifact(html="i", glyphs=(glyph, ("B", '<path id="B"/>')))
    slots = HoleSlots({FORMULA: Artifact(html="f", glyphs=(glyph,)), ICON: icon})
    slots.fill(slide(slot(0) + slot(1), FORMULA, ICON))
    assert slots.hoisted().count('id="A"') == slots.hoisted().count('id="B"') == 1
    assert 'aria-hidden="true"' in slots.hoisted()


def test_a_page_without_glyphs_hoists_nothing():
    assert HoleSlots({}).hoisted() == ""


def test_failed_hole_shows_reason_place_and_source():
    why = warning("bad-tex", HERE, "no such macro \\<b>", "define it")
    html = HoleSlots({FORMULA: Artifact(problem=why)}).fill(slide(slot(0), FORMULA))
    assert 'class="problem inline"' in html
    assert "no such macro \\&lt;b&gt;" in html
    assert "slides/a.md:7" in html
    assert "define it" in html
    assert '<code class="source">x&lt;y</code>' in html


def test_every_kind_of_hole_shows_what_the_author_wrote():
    holes = [DRAWING, LISTING, ICON, Example(call="lenet.summary()", span=HERE)]
    slots = HoleSlots(dict.fromkeys(holes, Artifact(problem=warning("bad", HERE, "no"))))
    html = slots.fill(slide("".join(slot(n) for n in range(4)), *holes))
    assert "digraph { a -&gt; b }" in html
    assert '<span class="line">a\n</span><span class="line">b\n</span><span class="line">c\n</span>' in html
    assert ":fa-weixin:" in html
    assert "lenet.summary()" in html


@pytest.mark.parametrize(
    ("hole", "kind"),
    [
        (FORMULA, "problem inline"),
        (Formula("x", display=True, span=HERE), "problem"),
        (Example(call="a.b()", span=HERE, format=".2f"), "problem inline"),
        (Example(call="a.b()", span=HERE), "problem"),
        (ICON, "problem inline"),
        (LISTING, "problem"),
    ],
)
def test_a_box_stands_in_the_line_only_where_the_hole_does(hole, kind):
    assert f'class="{kind}"' in problem(warning("bad", HERE, "no"), hole)


def test_a_number_without_a_hole_leaves_nothing():
    """An author may type `<kj-hole n=9>`; the tag is harmless and allowed."""
    assert HoleSlots({}).fill(slide(f"a{slot(9)}b")) == "ab"


def test_marked_lines_of_a_listing():
    rows = "".join(f'<span class="line">{c}\n</span>' for c in "abc")
    slots = HoleSlots({LISTING: Artifact(html=rows)})
    html = slots.fill(
        slide(f'<pre data-marked="2-3"><code>{slot(0)}</code></pre><pre><code>{slot(0)}</code></pre>', LISTING)
    )
    assert html.count('class="line marked"') == 2
    assert html.count('class="line"') == 4


@given(st.text(alphabet="0123456789,-", max_size=30))
def test_any_marking_keeps_the_lines(lines):
    rows = "".join(f'<span class="line">{n}</span>' for n in range(5))
    assert marked(rows, lines).replace(" marked", "") == rows


def test_lines_that_come_step_by_step_have_a_fragment_for_each_step_but_the_first():
    rows = "".join(f'<span class="line">{letter}\n</span>' for letter in "abc")
    html = f'<pre data-marked="1|2-3|1"><code>{slot(0)}</code></pre>'
    assert HoleSlots({LISTING: Artifact(html=rows)}).fill(slide(html, LISTING)) == (
        '<pre data-marked="1|2-3|1"><span class="fragment step-2"></span><span class="fragment step-3"></span><code>'
        '<span class="line at-3 at-1">a\n</span><span class="line at-2">b\n</span><span class="line at-2">c\n</span>'
        "</code></pre>"
    )


def test_an_output_s_own_holes_are_filled_as_a_slide_s_are():
    shown = Artifact(html=f"<p>{slot(1)}{slot(0)}{slot(7)}</p>", holes=(FORMULA, DRAWING))
    example = Example(call="m.f()", span=HERE)
    filled = {example: shown, FORMULA: Artifact(html="<i>x</i>"), DRAWING: Artifact(html=f'<svg id="{UID}">')}
    assert HoleSlots(filled).fill(slide(slot(0), example)) == '<p><svg id="1"><i>x</i></p>'


def test_why_a_hole_of_an_output_is_not_filled_stands_in_its_place():
    example = Example(call="m.f()", span=HERE)
    wrong = warning("bad-tex", HERE, "no formula", "")
    filled = {example: Artifact(html=slot(0), holes=(FORMULA,)), FORMULA: Artifact(problem=wrong)}
    html = HoleSlots(filled).fill(slide(slot(0), example))
    assert "no formula" in html
