"""Decks rewritten: fixtures of title, deck, and what it becomes; and laws that hold for any deck."""

import ast
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

CASES = read_fixture_file(Path(__file__).parents[2] / "fixtures" / "adopt.md")
PIECES = [case[2] for case in CASES] + [
    "<!-- slide -->\n",
    "```python\n",
    "```\n",
    "print(1)\n",
    "x = (\n",
    "文\n",
    "\n",
]


@pytest.mark.parametrize("text, expected", [case[2:] for case in CASES], ids=[case[1] for case in CASES])
def test_what_a_deck_becomes(adopt, written, text, expected):
    assert written(adopt(text)) == expected


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_deck_rewritten_twice_is_as_rewritten_once(adopt, text, end, mark):
    text = ("\ufeff" if mark else "") + text.replace("\n", end)
    once = adopt(text)
    twice = adopt(once.text, once.source)
    assert twice.text == once.text
    assert (twice.source, twice.records) == ("", ())
    ast.parse(once.source)
    assert once.text.startswith("\ufeff") is mark
    assert once.text.count("\r\n") == once.text.count("\n" if end == "\r\n" else "\r\n")


def test_functions_are_added_to_a_module_that_is_there(adopt):
    deck = "# Mean\n\n<!-- slide -->\n# Mean\n```python\nprint(y)\n```\n```\n2\n```\n"
    known = '"""Mine."""\n\nfrom errors import UnavailableError\n\n\ndef mean():\n    return 1\n'
    done = adopt(deck, known)
    assert done.source.startswith(known + "\n\ndef mean_2():")
    assert "class UnavailableError" not in done.source
    assert 'symbol="mean_2"' in done.text


def test_a_name_in_the_record_is_not_taken_again(adopt):
    deck = "<!-- slide -->\n# Mean\n```python\nprint(2)\n```\n```\n2\n```\n"
    assert [one.name for one in adopt(deck, recorded=frozenset({"a.mean", "b.mean_2"})).examples] == ["mean_2"]


def test_what_failed_when_it_was_tried_is_to_be_filled_in(adopt):
    deck = "<!-- slide -->\n# Mean\n```python\nprint(1 / 0)\n```\n```\n2\n```\n"
    done = adopt(deck, failed={"a.mean": "when tried, ZeroDivisionError: division by zero"})
    assert "to fill in: when tried, ZeroDivisionError: division by zero" in done.source
    assert [d.code for d in done.diagnostics] == ["pasted-output", "to-fill-in"]


def test_chunks_stay_where_the_course_runs_them(adopt):
    deck = "# A\n```python {cmd=true}\nprint(1)\n```\n"
    assert adopt(deck).text != deck
    assert adopt(deck, slide_code=True).text == deck


def test_without_a_package_only_paths_are_rewritten(adopt):
    deck = "![x](../Pictures/a.png)\n```python\nprint(1)\n```\n```\n1\n```\n"
    done = adopt(deck, package="")
    assert (done.text, done.module) == (deck.replace("Pictures", "pictures"), "")


def test_a_file_with_odd_line_ends_is_left_alone(adopt):
    done = adopt("a\rb\n")
    assert (done.text, [d.code for d in done.diagnostics]) == ("a\rb\n", ["line-ends"])
