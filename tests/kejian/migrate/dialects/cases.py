"""Cases of decks for other programs, and what becomes of them."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it.utils import read_fixture_file

from kejian.migrate.dialects import translated

FOLDER = Path(__file__).parents[3] / "fixtures" / "dialects"
WORD = re.compile(r"[A-Za-z]{2,}")
FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
WORDS_OF_THEIRS = re.compile(
    r"<!--.*?-->|(?mi:^(?:layout|class|image|src|hide|transition|background|notes?):.*$)|v-clicks?|::\w+::|headingDivider"
    r"|\{[^{}\n]*\}|!\[bg[^\]]*\]|#\|.*$|<<<.*$",
    re.DOTALL | re.MULTILINE,
)
"""What is not text of a slide."""


class Case(NamedTuple):
    """A deck and how it is rewritten, with a line for each finding."""

    name: str
    written: str
    expected: str


def cases(name):
    found = read_fixture_file(FOLDER / f"{name}.md")
    return [pytest.param(Case(name, written, expected), id=title) for _, title, written, expected in found]


def deck(case):
    return translated(case.written, "slides/a.qmd" if case.name == "quarto" else "slides/a.md")


def rewritten(case):
    found = deck(case)
    remarks = "".join(f"| {one.span.line} {one.message}: {one.hint}\n" for one in found.diagnostics)
    return found.text + remarks


def words_lost(case):
    """The words of slides that neither the new deck nor a finding holds."""
    found = deck(case)
    kept = {*WORD.findall(found.text), *WORD.findall(" ".join(one.message for one in found.diagnostics))}
    return {*WORD.findall(WORDS_OF_THEIRS.sub(" ", FRONT.sub("", case.written)))} - kept
