"""HTML, Markdown, TeX and DOT of a record, drawn: what stands on the slide, its holes, and what is said about it."""

import pytest

from kejian.core.diagnostics import Span
from kejian.core.model import Diagram, Formula, Icon, Listing
from kejian.examples.output_forms import drawn

SPAN = Span("slides/a.md", 7)


def made(form, text):
    return drawn(form, text, SPAN, "m.f()")


def test_markdown_has_the_dialect_s_formulas_listings_and_icons():
    found = made("md", "**b** $x$ :fa-home:\n\n```python\ny = 1\n```\n\n$$z$$")
    kinds = [(type(hole), getattr(hole, "display", None)) for hole in found.holes]
    assert kinds == [(Formula, False), (Icon, None), (Listing, None), (Formula, True)]
    assert {hole.span for hole in found.holes} == {SPAN}
    assert found.html.startswith("<p><b>b</b>" if "<b>b" in found.html else "<p><strong>b</strong>")
    assert found.html.count("<kj-hole") == 4
    assert found.findings == ()


ASKING = {
    "a value": "`{python} m.secret()`",
    "a chunk": "```python {cmd=true}\nsecret()\n```",
    "an example": '~~~example {call="m.secret()"}\n~~~',
    "an import": '@import "../secret.md"',
}


@pytest.mark.parametrize("text", ASKING.values(), ids=ASKING)
def test_nothing_in_markdown_runs_or_reads(text):
    found = made("md", text)
    assert all(type(hole) in (Formula, Listing) for hole in found.holes)
    assert "secret" in found.html or any("secret" in hole.code for hole in found.holes)


def test_what_is_wrong_in_markdown_is_told_where_it_is_quoted():
    (found,) = made("md", "a\n\n<xyz>b</xyz>").findings[:1]
    assert (found.span, found.message.startswith("in what `m.f()` shows: ")) == (SPAN, True)


def test_slots_that_a_text_writes_are_not_filled():
    for form in ("html", "md"):
        found = made(form, 'a <kj-hole n="0"></kj-hole> $x$')
        assert found.holes == ()
        assert "<kj-hole" not in found.html


TEX = {
    "in dollars": ("$x$", ["x"], True),
    "in two dollars": ("$$ x $$\n", ["x"], True),
    "in brackets": (r"\[x\]", ["x"], True),
    "in parentheses": (r"\(x\)", ["x"], True),
    "as sympy writes it": (r"$\displaystyle \frac{1}{2}$", [r"\frac{1}{2}"], True),
    "without delimiters": (r"\frac12", [r"\frac12"], True),
    "an environment": (r"\begin{matrix}1\end{matrix}", [r"\begin{matrix}1\end{matrix}"], True),
    "between words": (r"if $a < b$ and \(c\)", ["a < b", "c"], False),
    "two of them": ("$a$ $b$", ["a", "b"], False),
}


@pytest.mark.parametrize("text, formulas, display", TEX.values(), ids=TEX)
def test_tex_is_a_formula_or_words_with_formulas(text, formulas, display):
    found = made("tex", text)
    assert [(hole.tex, hole.display) for hole in found.holes] == [(one, display) for one in formulas]


def test_words_between_formulas_are_text():
    assert made("tex", "$a$ <script> & $b$").html == (
        '<p><kj-hole n="0"></kj-hole> &lt;script&gt; &amp; <kj-hole n="1"></kj-hole></p>'
    )


def test_what_is_left_out_of_html_is_told():
    (found,) = made("html", "<script>x</script><b>y</b>").findings
    assert (found.code, found.span) == ("output-html", SPAN)
    assert "a script is left out" in found.message


def test_of_a_very_long_text_the_source_is_shown():
    found = made("html", "<b>" * 100_000)
    assert found.html.startswith("<pre><code>&lt;b&gt;")
    assert [one.code for one in found.findings] == ["output-html"]


GRAPHS = {"dot": "digraph {a -> b}", "neato": "// layout: neato\ngraph {a}", "rm": "// layout: rm\ngraph {a}"}


@pytest.mark.parametrize("engine", GRAPHS)
def test_a_graph_is_drawn_by_the_engine_that_its_first_line_names(engine):
    found = made("dot", GRAPHS[engine])
    assert found.holes == (Diagram(GRAPHS[engine], "dot", engine, SPAN),)
    assert found.findings == ()


def test_links_of_a_graph_are_told_where_it_is_quoted():
    (found,) = made("dot", 'digraph {\n\n a [URL="javascript:x"]}').findings
    assert (found.code, found.span) == ("bad-link", SPAN)
    assert found.message.startswith("in what `m.f()` shows: the drawing leaves out the link")
