"""Notes with titles, folded ones, case by case."""

CASES = "callouts.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
