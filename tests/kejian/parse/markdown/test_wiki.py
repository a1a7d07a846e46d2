"""Wiki links, case by case."""

CASES = "wiki.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
