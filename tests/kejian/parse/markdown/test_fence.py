"""Code fences, case by case."""

CASES = "fence.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
