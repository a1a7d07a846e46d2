"""Findings on a terminal, and elsewhere."""

import os
from contextlib import redirect_stderr
from io import StringIO

import pytest

from kejian.cli import colours

TEXT = "a.md:3:1: error[x]: no\n    text\n    ^\n    hint: type it\n"


@pytest.fixture
def shown(monkeypatch):
    """What is displayed where standard error is a real terminal."""
    for name in ("CI", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")

    def displayed(text):
        ours, theirs = os.openpty()
        with os.fdopen(ours), os.fdopen(theirs, "w") as file, redirect_stderr(file):
            return colours.displayed(text)

    return displayed


def test_what_is_no_terminal_has_the_text_as_it_is():
    with redirect_stderr(StringIO()):
        assert colours.displayed(TEXT + "\x1b[2J\n") == TEXT + "\x1b[2J\n"


def test_severity_caret_and_hint_have_colours(shown):
    assert shown(TEXT) == (
        "\x1b[1ma.md:3:1:\x1b[0m \x1b[1m\x1b[31merror\x1b[0m\x1b[31m[x]:\x1b[0m no\n"
        "    text\n\x1b[31m    ^\x1b[0m\n    \x1b[36mhint:\x1b[0m type it\n"
    )
    assert "\x1b[33mwarning" in shown("a b.md:3:1: warning[x]: no\n")
    assert "\x1b[36mhint" in shown("卷.md:3:1: hint[x-y]: no\n")
    assert shown("") == ""


def test_a_deck_moves_no_cursor(shown):
    assert shown("    \x1b[2Jtext\x07\t\r\n") == "    \\x1b[2Jtext\\x07\t\\r\n"


def test_no_color_is_honoured_if_it_is_not_empty(shown, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "")
    assert shown(TEXT) != TEXT
    monkeypatch.setenv("NO_COLOR", "1")
    assert shown(TEXT + "\x1b\n") == TEXT + "\\x1b\n"
