"""Emoji, case by case."""

from kejian.parse.markdown.emojis import character_of

CASES = "emojis.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected


def test_a_name_is_that_of_github():
    assert [character_of(n) for n in ("+1", "tada", "white_check_mark", "no_such")] == ["👍", "🎉", "✅", ""]
