"""Which opening brackets are text without being read."""

import pytest

from kejian.parse.markdown.brackets import literal


def test_a_few_brackets_are_all_read():
    assert literal("[" * 32) == frozenset()


def test_many_that_nothing_closes_are_text():
    assert literal("[" * 33) == frozenset(range(33))


def test_closed_brackets_are_parsed():
    assert literal("[a] " * 100) == frozenset()
    assert literal("[a] " * 100 + "[") == {400}


def test_brackets_nested_too_deep_are_text():
    assert literal("[" * 40 + "]" * 40) == frozenset(range(32, 40))


def test_a_bracket_behind_a_backslash_counts_as_none():
    assert literal("\\[" * 100) == frozenset()


@pytest.mark.parametrize("mark", ["[", "![", "^["])
def test_text_between_them_is_read(shown, mark):
    html = shown(f"{mark} *a* " * 40)
    assert html.count("<em>a</em>") == 40
    assert html.startswith(f"<p>{mark} <em>")


def test_a_link_among_many_open_brackets_is_a_link(shown):
    assert '<a href="u">b</a>' in shown("[" * 1_000 + " [b](u)")
