"""Attributes of pieces of a line, and of the blocks at whose end they stand, case by case."""

CASES = "spans.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
