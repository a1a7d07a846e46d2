"""CriticMarkup, case by case."""

CASES = "critic.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
