"""Links and pictures: attributes, schemes, references, case by case."""

CASES = "links.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
