"""Addresses in running text, case by case."""

CASES = "autolinks.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
