"""The input of the checks: a course's parsed files, their text, and its other files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from kejian.core.config import Course
from kejian.core.diagnostics import Span
from kejian.core.model import Deck, Example, Slide
from kejian.examples.record.file_format import RecordedExample
from kejian.parse.html.lookup import page_path

SpanFinding = tuple[Span, str]
"""Where something is wrong, and what."""


@dataclass(frozen=True, kw_only=True)
class CourseUnderCheck:
    """A course as its checks see it.

    decks: every Markdown file that becomes a page. lines: the source lines of those files, by path.
    settings: of the course. files: the size in bytes of each file of the course.
    reads: the course paths that a deck or an example reads.
    outputs: the folder of the record. unused: names in it that no slide quotes. recorded: the record by example.
    """

    decks: tuple[Deck, ...]
    lines: Mapping[str, Sequence[str]]
    settings: Course
    files: Mapping[str, int]
    reads: frozenset[str] = frozenset()
    outputs: str = "slides/outputs"
    unused: tuple[str, ...] = ()
    recorded: Mapping[Example, RecordedExample] = field(default_factory=dict)

    @cached_property
    def pages(self) -> Mapping[str, Deck]:
        """Map the site's pages to their decks."""
        return {page_path(deck.path): deck for deck in self.decks}

    @cached_property
    def used(self) -> frozenset[str]:
        """Return the course paths that a page needs or a build reads."""
        needed = {path for deck in self.decks for path in (*deck.assets, *deck.styles, *deck.scripts, *deck.links)}
        return self.reads | needed | {self.settings.logo}

    @property
    def slides(self) -> Iterator[tuple[Deck, Slide]]:
        """Yield each visible slide with its deck; a plain page counts as one slide."""
        return ((deck, slide) for deck in self.decks for slide in shown(deck))

    def place(self, slide: Slide, *snippets: str) -> Span:
        """Return the place of the first of the `snippets` that the slide's source contains, else of
        the slide's mark.
        """
        lines = self.lines.get(slide.span.path, ())
        for snippet in filter(None, snippets):
            for number in range(slide.span.line, min(slide.span.end or slide.span.line, len(lines)) + 1):
                column = lines[number - 1].find(snippet)
                if column >= 0:
                    return Span(slide.span.path, number, column + 1)
        return slide.span

    def line(self, span: Span) -> str:
        """Return the source line at the span; "" if there is none."""
        lines = self.lines.get(span.path, ())
        return lines[span.line - 1] if span.line <= len(lines) else ""


def shown(deck: Deck) -> tuple[Slide, ...]:
    """Return the slides of a deck, or a plain page as a single slide."""
    return deck.slides or (deck.preface,)


def tree(slide: Slide) -> LexborHTMLParser:
    """Parse the slide's HTML."""
    return LexborHTMLParser(f"<!DOCTYPE html><body>{slide.html}")
