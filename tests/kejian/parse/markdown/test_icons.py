"""Icons, case by case."""

CASES = "icons.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
