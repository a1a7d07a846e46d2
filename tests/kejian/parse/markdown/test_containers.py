"""Containers of any name, case by case."""

CASES = "containers.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
