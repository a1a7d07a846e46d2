"""Abbreviations, case by case."""

CASES = "abbreviations.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
