"""One rendering: the holes, headings and findings so far, and the way from a token back to its line of source."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from kejian.diagnostics import Diagnostic, Span, warning
from kejian.markdown.labels import Labels
from kejian.model import Code, Heading, Hole


class Locate(Protocol):
    """Finds the place of source text."""

    def __call__(self, index: int, snippet: str, offset: int = 0, /) -> Span:
        """The place of `snippet` in the line of that index, counted from 0 in the lines being rendered.

        offset: how many characters of the line, without marks of quotes, lists and cells, stand before it.
        """


_KEY = "kejian"


@dataclass(slots=True)
class Definitions:
    """What the slides of one file share.

    references: link reference definitions as markdown-it keeps them, by normalised label.
    abbreviations: what `*[label]: …` says.
    footnotes: the source lines of each footnote definition, by label.
    headings: every heading of the file, when a table of contents needs them before they are rendered.
    slugs: how often each heading id is taken.
    slides: how many slides have been rendered. listed: how many lines their tables of contents have.
    borrowed: how many characters of footnotes they took from other slides.
    slide_code: whether chunks are run. chunks: by their ids, and under "" the last one: those it continues, then it.
    """

    references: dict[str, Any] = field(default_factory=dict)
    abbreviations: Labels = field(default_factory=Labels)
    footnotes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    headings: tuple[Heading, ...] = ()
    slugs: dict[str, int] = field(default_factory=dict)
    slides: int = 0
    listed: int = 0
    borrowed: int = 0
    slide_code: bool = False
    chunks: dict[str, tuple[Code, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Cursor:
    """A text and the last place in it that was asked for: its position, its line, where that line begins."""

    text: str = ""
    pos: int = 0
    line: int = 0
    begin: int = 0


@dataclass(slots=True)
class Rendering:
    """The values that the rules collect while the lines of one slide become HTML.

    named: for each heading the id that it asked for, and the one that it got.
    hopeless: by a text's identity and a delimiter, that text and the stretch of it that does not hold the delimiter.
    literal: by a text's identity, that text and the places of brackets that are text.
    """

    locate: Locate
    shared: Definitions
    holes: list[Hole] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    named: list[tuple[str, str]] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    hopeless: dict[tuple[int, str], tuple[str, int, int]] = field(default_factory=dict)
    literal: dict[int, tuple[str, frozenset[int]]] = field(default_factory=dict)
    depth: int = 0
    first: int = 0
    cursors: dict[int, _Cursor] = field(default_factory=dict)

    def add(self, hole: Hole) -> str:
        """The element that stands for `hole` in the HTML."""
        self.holes.append(hole)
        return f'<kj-hole n="{len(self.holes) - 1}"></kj-hole>'

    def warn(self, code: str, span: Span, message: str, hint: str) -> None:
        """Note what is wrong at `span` and what to type instead."""
        self.found.append(warning(code, span, message, hint))

    def enter(self, line: int) -> None:
        """Begin inline text that starts in `line`."""
        self.first = line
        self.cursors = {}
        self.literal = {}

    def line_at(self, text: str, pos: int) -> int:
        """The line of `text[pos]`, for the inline text entered last. Linear over all calls that go forwards."""
        return self._at(text, pos).line

    def _at(self, text: str, pos: int) -> _Cursor:
        cursor = self.cursors.get(id(text))
        if cursor is None or pos < cursor.pos:
            cursor = self.cursors[id(text)] = _Cursor(text, 0, self.first)
        passed = text.count("\n", cursor.pos, pos)
        if passed:
            cursor.line += passed
            cursor.begin = text.rindex("\n", cursor.pos, pos) + 1
        cursor.pos = pos
        return cursor

    def span(self, text: str, pos: int, snippet: str) -> Span:
        """The place of `snippet`, which begins at `text[pos]` of the inline text entered last."""
        cursor = self._at(text, pos)
        return self.locate(cursor.line, snippet, pos - cursor.begin)


def terminated(lines: Iterable[str]) -> str:
    """The lines as one text that ends with a newline: plugins look at the character after a line without asking."""
    return "\n".join(lines) + "\n"


def environment(rendering: Rendering, number: int) -> dict[str, Any]:
    """The sandbox that markdown-it hands to every rule."""
    return {_KEY: rendering, "references": rendering.shared.references, "docId": str(number)}


def rendering(env: MutableMapping[str, Any]) -> Rendering:
    """The rendering that a rule works for."""
    found: Rendering = env[_KEY]
    return found
