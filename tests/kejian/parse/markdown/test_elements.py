"""Attributes in comments, case by case."""

CASES = "elements.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
