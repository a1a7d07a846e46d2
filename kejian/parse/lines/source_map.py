"""Maps positions in a slide's HTML to its source lines by forward searches, linear in total."""

from __future__ import annotations

from collections.abc import Sequence

from kejian.core.diagnostics import Span
from kejian.parse.lines.line_pass import Line

_MOST_IN_VAIN = 50
"""Searches through a whole line or slide for what is spelled otherwise there; after so many there are no more."""

_MARKS = 200
"""Characters that marks of quotes, lists and cells may take before the text of a line begins."""


class SlideSpans:
    """Locates snippets in the lines of one slide; `default` is the slide's own place."""

    def __init__(self, lines: Sequence[Line], default: Span) -> None:
        self._lines = lines
        self._default = default
        self._last = (0, 0)
        self._vain = 0
        self._after: dict[str, tuple[int, int]] = {}

    def __call__(self, index: int, snippet: str, offset: int = 0, /) -> Span:
        """Return the place of `snippet` in line `index`, or of the line's first character if it is
        spelled differently.
        """
        if not self._lines:
            return self._default
        index = min(max(index, 0), len(self._lines) - 1)
        line = self._lines[index]
        head = snippet.strip().split("\n", 1)[0]
        column = self._column(index, line.written, head, offset if line.source is None else 0) if head else -1
        if column < 0:
            return line.span
        self._last = (index, column)
        return Span(line.path, line.number, column + 1)

    def _column(self, index: int, text: str, head: str, offset: int) -> int:
        near = text.find(head, offset, offset + len(head) + _MARKS)
        if near >= 0 or self._vain > _MOST_IN_VAIN:
            return near
        start = max(offset, self._last[1]) if self._last[0] == index else offset
        found = text.find(head, start)
        if found < 0:
            found = text.find(head)
            self._vain += found < 0
        return found

    def after(self, snippet: str) -> Span:
        """Return the next place of `snippet` after the last one found; the slide's own if it is not in its lines."""
        found = self._next(snippet, *max(self._after.get(snippet, (0, 0)), self._last))
        if found is None and self._vain <= _MOST_IN_VAIN:
            self._vain += 1
            found = self._next(snippet, *self._after.get(snippet, (0, 0)))
        if found is None:
            return self._default
        index, column = self._last = found
        self._after[snippet] = (index, column + 1)
        return Span(self._lines[index].path, self._lines[index].number, column + 1)

    def _next(self, snippet: str, index: int, column: int) -> tuple[int, int] | None:
        """Return the first occurrence from there on, if it is near enough for repeated searches."""
        if self._vain > _MOST_IN_VAIN:
            return None
        for at in range(index, len(self._lines)):
            found = self._lines[at].written.find(snippet, column if at == index else 0)
            if found >= 0:
                return at, found
        self._vain += 1
        return None
