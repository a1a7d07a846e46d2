r"""Renders printed output as a terminal does: colours, and text overwritten by `\r`, backspaces or escapes.

The screen has lines of any length, written from left to right; `\r` moves to the start of a line, `\b` back by one
character, `ESC[A` up by one line. Colours become classes of the theme's palette, legible on light and dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

_SPECIAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x9b]")
_PIECE = re.compile(
    r"(?P<text>[^\x00-\x08\x0a-\x1f\x7f\x9b]+)|(?:\x1b\[|\x9b)(?P<numbers>[0-9;:<=>?]{0,60})(?P<word>[@-~])"
    r"|\x1b\][^\x07\x1b]{0,4000}(?:\x07|\x1b\\)|\x1b[ -/]?[0-~]|(?P<control>[\s\S])"
)
_NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_FACES = {1: "bold", 2: "faint", 3: "italic", 4: "underline", 7: "inverse", 9: "struck"}
_ENDS = {22: ("bold", "faint"), 23: ("italic",), 24: ("underline",), 27: ("inverse",), 29: ("struck",)}
_LEVELS = (0, 95, 135, 175, 215, 255)
_RED, _GREEN, _YELLOW = (205, 49, 49), (13, 160, 80), (200, 170, 10)
_BLUE, _MAGENTA, _CYAN = (36, 114, 200), (188, 63, 188), (17, 168, 205)
_PALETTE = ((0, 0, 0), _RED, _GREEN, _YELLOW, _BLUE, _MAGENTA, _CYAN, (229, 229, 229))
_FARTHEST, _ROOM = 1_000, 1_000_000
"""Columns that the cursor goes, and lines that it goes up; blanks that it leaves behind in all."""

Style = tuple[str, ...]
"""The classes of a letter, without their prefix."""


def is_plain(text: str) -> bool:
    """Return whether a text contains no control characters for a terminal."""
    return not _SPECIAL.search(text)


def lines(text: str) -> list[list[tuple[str, Style]]]:
    """Return the final lines on the screen, each as runs of text of one style."""
    screen = _Screen()
    for piece in _PIECE.finditer(text.replace("\r\n", "\n")):
        if piece["text"] is not None:
            screen.put(piece["text"])
        elif piece["word"] and not piece["numbers"].strip("0123456789;:"):
            screen.obey(piece["word"], [int(n[:6] or 0) for n in re.split("[;:]", piece["numbers"])])
        elif piece["control"]:
            screen.control(piece["control"])
    return [list(_stretches(cells)) for cells in screen.cells]


def plain(text: str) -> str:
    """Return the final text on the screen, without colours."""
    return text if is_plain(text) else "\n".join("".join(part for part, _ in line).rstrip() for line in lines(text))


def html(text: str) -> str:
    """Return the final text on the screen as HTML, with a span for each styled run."""
    if is_plain(text):
        return escape(text)
    return "\n".join("".join(_span(*stretch) for stretch in line) for line in lines(text))


def _span(text: str, style: Style) -> str:
    names = " ".join(f"ansi-{name}" for name in style)
    return f'<span class="{names}">{escape(text)}</span>' if style else escape(text)


def _stretches(cells: Sequence[tuple[str, Style]]) -> Iterator[tuple[str, Style]]:
    for style, group in groupby(cells, key=lambda cell: cell[1]):
        yield "".join(letter for letter, _ in group), style


@dataclass(slots=True, kw_only=True)
class _Screen:
    """Lines of styled characters, and the cursor."""

    cells: list[list[tuple[str, Style]]] = field(default_factory=lambda: [[]])
    row: int = 0
    column: int = 0
    faces: set[str] = field(default_factory=set)
    ink: str = ""
    ground: str = ""
    room: int = _ROOM

    def put(self, text: str) -> None:
        line, style = self.cells[self.row], self._style()
        if self.column > len(line):
            blanks = min(self.column - len(line), self.room)
            self.room -= blanks
            line += [(" ", ())] * blanks
            self.column = len(line)
        line[self.column : self.column + len(text)] = [(letter, style) for letter in text]
        self.column += len(text)

    def control(self, letter: str) -> None:
        if letter == "\n":
            self.row, self.column = self.row + 1, 0
            if self.row == len(self.cells):
                self.cells.append([])
        elif letter == "\r":
            self.column = 0
        elif letter == "\b":
            self.column = max(0, self.column - 1)

    def obey(self, word: str, numbers: list[int]) -> None:
        by = min(max(1, numbers[0]), _FARTHEST)
        if word == "m":
            self._paint(numbers)
        elif word == "A":
            self.row = max(0, self.row - by)
        elif word == "B":
            self.row = min(len(self.cells) - 1, self.row + by)
        elif word == "C":
            self.column = min(_FARTHEST, self.column + by)
        elif word == "D":
            self.column = max(0, self.column - by)
        elif word == "G":
            self.column = by - 1
        elif word == "K":
            self._erase(numbers[0])
        elif word == "J" and numbers[0] == 2:
            self.cells, self.row, self.column = [[]], 0, 0

    def _erase(self, how: int) -> None:
        line = self.cells[self.row]
        if how in (1, 2):
            line[: self.column] = [(" ", ())] * min(self.column, len(line))
        if how in (0, 2):
            del line[self.column :]

    def _style(self) -> Style:
        inks = [self.ink] if self.ink else []
        grounds = [f"on-{self.ground}"] if self.ground else []
        return (*inks, *grounds, *sorted(self.faces))

    def _paint(self, numbers: list[int]) -> None:
        rest = iter(numbers)
        for number in rest:
            if number in (38, 48):
                self._set(_mixed(rest), ground=number == 48)
            elif number == 0:
                self.faces, self.ink, self.ground = set(), "", ""
            elif number in _FACES:
                self.faces.add(_FACES[number])
            elif number in _ENDS:
                self.faces.difference_update(_ENDS[number])
            elif number % 10 < 8 and number // 10 in (3, 4, 9, 10):
                self._set(_NAMES[number % 10], ground=number // 10 in (4, 10))
            elif number in (39, 49):
                self._set("", ground=number == 49)

    def _set(self, name: str, *, ground: bool) -> None:
        if ground:
            self.ground = name
        else:
            self.ink = name


def _mixed(rest: Iterator[int]) -> str:
    """Return the palette's colour nearest to one of 256 or of 16 million."""
    kind = next(rest, 0)
    if kind == 2:
        return _nearest((next(rest, 0), next(rest, 0), next(rest, 0)))
    number = next(rest, 0) if kind == 5 else 0
    if number < 16:
        return _NAMES[number % 8]
    if number >= 232:
        return _nearest((8 + 10 * (number - 232),) * 3)
    return _nearest((_LEVELS[(number - 16) // 36 % 6], _LEVELS[(number - 16) // 6 % 6], _LEVELS[(number - 16) % 6]))


def _nearest(colour: tuple[int, ...]) -> str:
    far = [sum((a - b) ** 2 for a, b in zip(colour, known, strict=True)) for known in _PALETTE]
    return _NAMES[far.index(min(far))]
