"""Places and changes in the text of files, counted in lines from 1 and in letters from 0."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class TextRange(NamedTuple):
    """A range of a file: from letter `start` of `line` to letter `end` of line `last`; 0 means the same line."""

    path: str
    line: int
    start: int
    end: int
    last: int = 0

    @property
    def ends_in(self) -> int:
        """Return the line in which it ends."""
        return self.last or self.line

    def holds(self, line: int, column: int) -> bool:
        """Return whether a place between two letters is in the range or at one of its ends."""
        return (self.line, self.start) <= (line, column) <= (self.ends_in, self.end)


class TextEdit(NamedTuple):
    """A change of a file: what stands in `place` becomes `new`."""

    place: TextRange
    new: str


def after(path: str, lines: Sequence[str], line: int, *new: str) -> TextEdit:
    """Return the edit that puts lines below the line of that number, 0 for the top of the file."""
    if line < 1 or not lines:
        return TextEdit(TextRange(path, 1, 0, 0), "".join(f"{one}\n" for one in new))
    end = len(lines[line - 1])
    return TextEdit(TextRange(path, line, end, end), "".join(f"\n{one}" for one in new))


def whole(path: str, lines: Sequence[str], line: int, new: str) -> TextEdit:
    """Return the edit that writes `new` in place of a line."""
    return TextEdit(TextRange(path, line, 0, len(lines[line - 1])), new)


def without(path: str, lines: Sequence[str], first: int, last: int = 0) -> TextEdit:
    """Return the edit that removes the lines from `first` to `last`."""
    last = last or first
    if last < len(lines):
        return TextEdit(TextRange(path, first, 0, 0, last + 1), "")
    return TextEdit(TextRange(path, first, 0, len(lines[last - 1]), last), "")


def applied(text: str, edits: Iterable[TextEdit]) -> str:
    """Return the text after edits of one file, none of which touches another."""
    lines = text.split("\n")
    for place, new in sorted(edits, reverse=True):
        head, tail = lines[place.line - 1][: place.start], lines[place.ends_in - 1][place.end :]
        lines[place.line - 1 : place.ends_in] = [head + new + tail]
    return "\n".join(lines)


def found(pattern: re.Pattern[str], path: str, line: int, text: str) -> Iterator[tuple[TextRange, str]]:
    """Yield each match of a pattern in a line: the place of its first group, and that group."""
    for match in pattern.finditer(text):
        yield TextRange(path, line, match.start(1), match.end(1)), match[1]


def units(text: str, column: int) -> int:
    """Return how many units of UTF-16 come before that letter: what the protocol counts."""
    head = text[:column]
    return len(head) + sum(letter > "\uffff" for letter in head)


def letters(text: str, unit: int) -> int:
    """Return the letter at which that unit of UTF-16 begins; the end of the line if it has no such unit."""
    at = 0
    for number, letter in enumerate(text):
        if at >= unit:
            return number
        at += 2 if letter > "\uffff" else 1
    return len(text)
