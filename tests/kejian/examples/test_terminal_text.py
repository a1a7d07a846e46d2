"""What a terminal would leave, case by case (`tests/fixtures/terminal.md`), and what it costs."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from kejian.examples import terminal_text

CASES = [case[1:] for case in read_fixture_file(Path(__file__).parents[2] / "fixtures" / "terminal.md")]
CONTROLS = str.maketrans({"␛": "\x1b", "␍": "\r", "␈": "\b", "␇": "\x07", "␀": "\0"})
TAG = re.compile(r"<[^>]*>")


def typed(text):
    return text.removesuffix("\n").translate(CONTROLS)


@pytest.mark.parametrize("_title, text, expected", CASES, ids=[case[0] for case in CASES])
def test_text_is_shown_as_a_terminal_leaves_it(_title, text, expected):
    wanted = re.sub(r"\{(\d+)\}", lambda blanks: " " * int(blanks[1]), expected.removesuffix("\n"))
    assert terminal_text.html(typed(text)).rstrip() == wanted


@pytest.mark.parametrize("text", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_the_plain_text_is_that_without_its_colours(text):
    shown = TAG.sub("", terminal_text.html(typed(text))).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    lines = shown.split("\n") if terminal_text.is_plain(typed(text)) else [line.rstrip() for line in shown.split("\n")]
    assert terminal_text.plain(typed(text)) == "\n".join(lines)


@given(st.text("ab\n\r\b\x1b[]0123456789;:mKJABCDG<\x07\0字", max_size=200))
def test_any_text_has_a_plain_one_of_no_controls(text):
    found = terminal_text.plain(text)
    assert terminal_text.is_plain(found) or terminal_text.is_plain(text)


def test_blanks_that_a_cursor_leaves_have_a_bound():
    found = terminal_text.plain("\n\x1b[1000Cx" * 20_000)
    assert len(found) < 1_100_000
