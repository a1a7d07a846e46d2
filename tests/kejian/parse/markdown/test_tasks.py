"""Task lists."""

CASES = "tasks.md"


def test_tasks(case, shown):
    assert shown(case.text) == case.expected
