"""Headings, case by case."""

CASES = "headings.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
