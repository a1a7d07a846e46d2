"""Tables of contents, case by case."""

CASES = "toc.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
