"""State of one rendering: holes, headings and findings so far, and the mapping from tokens to source lines."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Protocol

from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.core.dialect import DEFAULT, Dialect
from kejian.core.model import Chunk, Heading, Hole, Label, Reference
from kejian.parse.markdown.label_index import Labels


class SourceLocator(Protocol):
    """Locates source text."""

    def __call__(self, index: int, snippet: str, offset: int = 0, /) -> Span:
        """Return the place of `snippet` in the line of that 0-based index among the lines being rendered.

        offset: the number of characters of the line before it, without markers of quotes, lists and cells.
        """


_KEY = "kejian"


@dataclass(slots=True, kw_only=True)
class FileScope:
    """State shared by the slides of one file.

    references: link reference definitions as markdown-it keeps them, by normalised label.
    abbreviations: definitions from `*[label]: …`.
    footnotes: the source lines of each footnote definition, by label.
    headings: every heading of the file, if a table of contents needs them before they are rendered.
    slugs: how often each heading id is taken.
    slides: the number of slides rendered. listed: the number of lines in their tables of contents.
    borrowed: the number of characters of footnotes taken from other slides.
    dialect: how Markdown is read.
    slide_code: whether chunks are run. cites: whether `@key` is a citation. pauses: whether `. . .` is a pause.
    chunks: by id, and under "" the last one: those that it continues, then itself.
    """

    references: dict[str, Any] = field(default_factory=dict)
    abbreviations: Labels = field(default_factory=Labels)
    footnotes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    headings: tuple[Heading, ...] = ()
    slugs: dict[str, int] = field(default_factory=dict)
    slides: int = 0
    listed: int = 0
    borrowed: int = 0
    dialect: Dialect = DEFAULT
    slide_code: bool = False
    pauses: bool = False
    cites: bool = False
    chunks: dict[str, tuple[Chunk, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Cursor:
    """A text and the position looked up last, with its line and the beginning of that line."""

    text: str = ""
    pos: int = 0
    line: int = 0
    begin: int = 0


@dataclass(slots=True, kw_only=True)
class RenderState:
    """What the rules collect while the lines of one slide become HTML.

    named: for each heading the id that it requested, and the one that it received.
    unclosed: by a text's identity and a delimiter, the text and the range known not to contain the delimiter.
    literal: by a text's identity, the text and the positions of brackets that are text.
    incremental: whether list items are fragments, unless a container says otherwise.
    """

    locate: SourceLocator
    shared: FileScope
    holes: list[Hole] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    named: list[tuple[str, str]] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    unclosed: dict[tuple[int, str], tuple[str, int, int]] = field(default_factory=dict)
    literal: dict[int, tuple[str, frozenset[int]]] = field(default_factory=dict)
    incremental: bool = False
    depth: int = 0
    first: int = 0
    cursors: dict[int, _Cursor] = field(default_factory=dict)

    def add(self, hole: Hole) -> str:
        """Add a hole; return the element that stands for it in the HTML."""
        self.holes.append(hole)
        return f'<kj-hole n="{len(self.holes) - 1}"></kj-hole>'

    def number(self, label: str, kind: str, span: Span) -> str:
        """Add a label, "" for what has no number; return the element that stands for its number in the HTML."""
        if label:
            self.labels.append(Label(label, kind, span))
        return f'<span class="number" data-number="{escape(label)}" data-kind="{kind}"></span>'

    def warn(self, code: str, span: Span, message: str, hint: str) -> None:
        """Add a warning at `span`."""
        self.found.append(warning(code, span, message, hint))

    def enter(self, line: int) -> None:
        """Begin inline text that starts in `line`."""
        self.first = line
        self.cursors = {}
        self.literal = {}

    def line_at(self, text: str, pos: int) -> int:
        """Return the line of `text[pos]` in the current inline text. Linear over all calls with
        increasing positions.
        """
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
        """Return the place of `snippet`, which begins at `text[pos]` of the current inline text."""
        cursor = self._at(text, pos)
        return self.locate(cursor.line, snippet, pos - cursor.begin)


def terminated(lines: Iterable[str]) -> str:
    """Join the lines with a final newline, since plugins read past the end of a line unchecked."""
    return "\n".join(lines) + "\n"


def environment(rendering: RenderState, number: int) -> dict[str, Any]:
    """Make the environment that markdown-it passes to every rule."""
    return {_KEY: rendering, "references": rendering.shared.references, "docId": str(number)}


def rendering(env: MutableMapping[str, Any]) -> RenderState:
    """Return the rendering from a rule's environment."""
    found: RenderState = env[_KEY]
    return found
