"""One rendering: the holes, headings and findings so far, and the way from a token back to its line of source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from kejian.diagnostics import Diagnostic, Span, warning
from kejian.model import Code, Heading, Hole

Locate = Callable[[int, str], Span]
"""The place of a snippet of source text in the line of that number, counted from 0 in the lines being rendered."""

_KEY = "kejian"


@dataclass(slots=True)
class Definitions:
    """What the slides of one file share.

    references: link reference definitions as markdown-it keeps them, by normalised label.
    abbreviations: what `*[label]: …` says, by label.
    footnotes: the source lines of each footnote definition, by label.
    headings: every heading of the file, when a table of contents needs them before they are rendered.
    slugs: how often each heading id is taken.
    slides: how many slides have been rendered.
    slide_code: whether chunks are run. chunks: by their ids, and under "" the last one: those it continues, then it.
    """

    references: dict[str, Any] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)
    footnotes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    headings: tuple[Heading, ...] = ()
    slugs: dict[str, int] = field(default_factory=dict)
    slides: int = 0
    slide_code: bool = False
    chunks: dict[str, tuple[Code, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Cursor:
    """Where the inline text being parsed begins, and the last place in it that was asked for."""

    first: int = 0
    text: str = ""
    pos: int = 0
    line: int = 0


@dataclass(slots=True)
class Rendering:
    """The values that the rules collect while the lines of one slide become HTML."""

    locate: Locate
    shared: Definitions
    holes: list[Hole] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    hopeless: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    depth: int = 0
    cursor: _Cursor = field(default_factory=_Cursor)

    def add(self, hole: Hole) -> str:
        """The element that stands for `hole` in the HTML."""
        self.holes.append(hole)
        return f'<kj-hole n="{len(self.holes) - 1}"></kj-hole>'

    def warn(self, code: str, span: Span, message: str, hint: str) -> None:
        """Note what is wrong at `span` and what to type instead."""
        self.found.append(warning(code, span, message, hint))

    def enter(self, line: int) -> None:
        """Begin inline text that starts in `line`."""
        self.cursor = _Cursor(line, "", 0, line)

    def line_at(self, text: str, pos: int) -> int:
        """The line of `text[pos]`, for the inline text entered last. Linear over all calls that go forwards."""
        cursor = self.cursor
        if text is not cursor.text or pos < cursor.pos:
            cursor.text, cursor.pos, cursor.line = text, 0, cursor.first
        cursor.line += text.count("\n", cursor.pos, pos)
        cursor.pos = pos
        return cursor.line

    def span(self, text: str, pos: int, snippet: str) -> Span:
        """The place of `snippet`, which begins at `text[pos]` of the inline text entered last."""
        return self.locate(self.line_at(text, pos), snippet)


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
