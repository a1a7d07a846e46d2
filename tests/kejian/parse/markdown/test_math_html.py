"""Formulas in raw HTML, case by case."""

CASES = "math_html.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
