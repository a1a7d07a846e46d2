"""Where snippets stand in the lines of a slide."""

from hypothesis import given
from hypothesis import strategies as st

from kejian.core.diagnostics import Span
from kejian.parse.lines.line_pass import Line
from kejian.parse.lines.source_map import SlideSpans

SLIDE = Span("a.md", 7)


def places(*texts):
    return SlideSpans([Line(text, "a.md", number) for number, text in enumerate(texts, 8)], SLIDE)


def at(span):
    return span.line, span.column


def test_a_snippet_stands_behind_the_text_before_it():
    assert at(places("> $x$ and $x$")(0, "$x$", 8)) == (8, 11)


def test_a_snippet_far_behind_is_found_too():
    assert at(places(" " * 500 + "$x$")(0, "$x$")) == (8, 501)


def test_of_a_snippet_of_several_lines_the_first_counts():
    assert at(places("a $x", "y$")(0, "$x\ny$", 2)) == (8, 3)


def test_what_is_spelled_otherwise_is_the_line():
    assert at(places("  a")(0, "b")) == (8, 3)


def test_a_line_that_was_added_is_the_last_one():
    assert at(places("a", "b")(9, "x")) == (9, 1)


def test_without_lines_it_is_the_slide():
    assert places()(0, "x") == SLIDE


def test_findings_are_looked_for_one_after_another():
    found = places("![p](x) ![p](x)", "", "![p](x)")
    assert [at(found.after("x")) for _ in range(4)] == [(8, 6), (8, 14), (10, 6), (7, 1)]


def test_a_finding_out_of_order_is_found():
    found = places("a", "b")
    assert [at(found.after(snippet)) for snippet in "bab"] == [(9, 1), (8, 1), (7, 1)]


@given(st.lists(st.text(alphabet="ab\t "), min_size=1), st.lists(st.text(alphabet="ab")))
def test_every_place_is_in_its_line(texts, snippets):
    found = places(*texts)
    for snippet in snippets:
        span = found.after(snippet)
        assert span == SLIDE or texts[span.line - 8].startswith(snippet, span.column - 1)
