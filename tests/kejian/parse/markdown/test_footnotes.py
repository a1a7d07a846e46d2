"""Footnotes, case by case."""

from kejian.parse.markdown import FileRenderer

CASES = "footnotes.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected


def test_a_long_footnote_that_many_slides_borrow_is_refused_from_some_point_on(body):
    scope = FileRenderer()
    slides = [["定义[^a]", "", "[^a]: " + "长" * 50_000], *(["引用[^a]"] for _ in range(10))]
    scope.collect(slides)
    found = [body(lines, scope).diagnostics for lines in slides]
    assert [[one.code for one in each] for each in found] == [[]] * 4 + [["too-many-footnotes"]] * 7
