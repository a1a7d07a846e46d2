"""Marked text, subscript, superscript, case by case."""

CASES = "mark.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
