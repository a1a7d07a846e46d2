"""Fences that are drawn, case by case."""

CASES = "diagrams.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
