"""Formulas within a line, case by case."""

CASES = "math_inline.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
