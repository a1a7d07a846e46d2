"""Raw HTML, case by case."""

CASES = "raw_html.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected
