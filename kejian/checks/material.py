"""What the checks of a course look at: its parsed files, their text, and what else lies in its folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from kejian.config import Course
from kejian.diagnostics import Span
from kejian.model import Deck, Slide
from kejian.reading.targets import page_path

Found = tuple[Span, str]
"""Where something is wrong, and what."""

_NOT_OURS = frozenset({"node_modules", "site", "dist", "build", "venv", "__pycache__"})


@dataclass(frozen=True)
class Material:
    """A course as its checks see it.

    decks: every Markdown file that becomes a page. lines: the source lines of those files, by path. settings: the
    course's. files: the size in bytes of each file of the course. reads: the course paths that a deck or an example
    reads. outputs: the folder of the record; unused: the names in it that no slide quotes.
    """

    decks: tuple[Deck, ...]
    lines: Mapping[str, Sequence[str]]
    settings: Course
    files: Mapping[str, int]
    reads: frozenset[str] = frozenset()
    outputs: str = "slides/outputs"
    unused: tuple[str, ...] = ()

    @cached_property
    def pages(self) -> Mapping[str, Deck]:
        """The decks by the page in the site that each becomes."""
        return {page_path(deck.path): deck for deck in self.decks}

    @cached_property
    def used(self) -> frozenset[str]:
        """The course paths that a page needs or a build reads."""
        needed = {path for deck in self.decks for path in (*deck.assets, *deck.styles, *deck.scripts, *deck.links)}
        return self.reads | needed | {self.settings.logo}

    @property
    def slides(self) -> Iterator[tuple[Deck, Slide]]:
        """Each slide that an audience sees with its deck; a plain page counts as one."""
        return ((deck, slide) for deck in self.decks for slide in shown(deck))

    def place(self, slide: Slide, *snippets: str) -> Span:
        """Where the first of the `snippets` that the slide's source holds stands; the slide's mark where none does."""
        lines = self.lines.get(slide.span.path, ())
        for snippet in filter(None, snippets):
            for number in range(slide.span.line, min(slide.span.end or slide.span.line, len(lines)) + 1):
                column = lines[number - 1].find(snippet)
                if column >= 0:
                    return Span(slide.span.path, number, column + 1)
        return slide.span

    def line(self, span: Span) -> str:
        """The source line at the span; empty where there is none."""
        lines = self.lines.get(span.path, ())
        return lines[span.line - 1] if span.line <= len(lines) else ""


def shown(deck: Deck) -> tuple[Slide, ...]:
    """The slides of a deck; of a plain page all of it."""
    return deck.slides or (deck.preface,)


def tree(slide: Slide) -> LexborHTMLParser:
    """The slide's HTML as a tree."""
    return LexborHTMLParser(f"<!DOCTYPE html><body>{slide.html}")


def sizes(root: Path) -> dict[str, int]:
    """The size in bytes of each file below `root`, hidden folders and what other programs put there left out."""
    found = {}
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in _NOT_OURS and not name.startswith("."))
        for name in files:
            file = Path(folder, name)
            if not name.startswith(".") and file.is_file():
                found[file.relative_to(root).as_posix()] = file.stat().st_size
    return found
