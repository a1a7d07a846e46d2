"""Displayed formulas as blocks, case by case."""

CASES = "math_block.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
