"""Footnotes, case by case."""

CASES = "footnotes.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
