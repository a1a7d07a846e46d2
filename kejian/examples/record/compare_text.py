"""Compares two printed outputs: numbers within a tolerance, everything else exactly, tables cell by cell.

Blanks and rules (`----`, `━━━━`) are layout. They count as text unless a number of the output, or something that a rule
removed, changed its width: then columns shift, and layout may differ. A newline at the very end is ignored, since no
slide shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Literal

from kejian.examples.record.normalise import normalised
from kejian.examples.record.tokens import Token, shape, tokens
from kejian.examples.record.tolerance import DEFAULT, INFINITY, ZERO, Tolerance

_LINES = 300
"""Lines of a stretch that are matched to each other by content; a longer stretch is matched line by line."""

_WORDS = 200
"""The same for the tokens of a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a line, before and after; either may be empty. `needed`: the tolerance that makes it agree."""

    kind: Literal["number", "text", "layout"]
    old: str
    new: str
    needed: Decimal = ZERO
    agrees: bool = True


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that does not agree. `line` counts in the old output, `new_line` in the new one, from 1; 0: missing.

    pieces: joined, they are the old and the new line.
    """

    line: int
    new_line: int
    pieces: tuple[Piece, ...]

    @property
    def old(self) -> str:
        """Return the old line."""
        return "".join(piece.old for piece in self.pieces)

    @property
    def new(self) -> str:
        """Return the new line."""
        return "".join(piece.new for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The result of a comparison.

    needed: the smallest tolerance, in the unit of the given one, that makes all agree; 0 for equal outputs, infinite if
        text differs. exact: there is no difference. note: a difference that changed lines cannot express.
    """

    agrees: bool
    changes: tuple[LineChange, ...] = ()
    needed: Decimal = ZERO
    exact: bool = False
    note: str = ""


SAME = Comparison(agrees=True, exact=True)
_Pair = tuple[int, int, str | None, str | None]


def compare(old: str, new: str, tolerance: Tolerance = DEFAULT, normalise: Iterable[str] = ()) -> Comparison:
    """Compare two printed texts; `normalise` names rules of `record.normalise`. Never raises; nearly linear."""
    names = tuple(normalise)
    before, after = normalised(old, names), normalised(new, names)
    lines, fresh = before.removesuffix("\n").split("\n"), after.removesuffix("\n").split("\n")
    if lines == fresh:
        return SAME
    pairs = [(i, j, _tokens(a), _tokens(b)) for i, j, a, b in _aligned(lines, fresh) if a != b]
    moved = (before, after) != (old, new) or any(_moves(a, b) for _, _, a, b in pairs)
    changes = [LineChange(i, j, tuple(_pieces(a, b, tolerance, moved=moved))) for i, j, a, b in pairs]
    return Comparison(
        agrees=all(piece.agrees for change in changes for piece in change.pieces),
        changes=tuple(c for c in changes if not all(piece.agrees for piece in c.pieces)),
        needed=max((piece.needed for change in changes for piece in change.pieces), default=ZERO),
    )


def _tokens(line: str | None) -> list[Token] | None:
    return None if line is None else tokens(line)


def _moves(old: Sequence[Token] | None, new: Sequence[Token] | None) -> bool:
    """Return whether a number of the line changed its width."""
    if old is None or new is None or shape(old) != shape(new):
        return False
    widths = [[len(token.text) for token in line if token.kind == "number"] for line in (old, new)]
    return widths[0] != widths[1]


def _aligned(old: list[str], new: list[str]) -> Iterator[_Pair]:
    """Align lines, as `(number, new number, line, new line)`; 0 and `None` for a missing line."""
    shapes: dict[str, int] = {}
    classes: dict[object, int] = {}
    for line in (*old, *new):
        if line not in shapes:
            shapes[line] = classes.setdefault(shape(tokens(line)), len(classes))
    blocks = _blocks([shapes[line] for line in old], [shapes[line] for line in new], _LINES)
    for start, end, new_start, new_end in blocks:
        yield from (
            (0 if a is None else start + k + 1, 0 if b is None else new_start + k + 1, a, b)
            for k, (a, b) in enumerate(zip_longest(old[start:end], new[new_start:new_end]))
        )


def _blocks(old: Sequence[object], new: Sequence[object], limit: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield corresponding ranges `(start, end, new start, new end)`: equal ones, and those in between."""
    from difflib import SequenceMatcher

    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    end, new_end = len(old) - tail, len(new) - tail
    yield 0, head, 0, head
    if max(end, new_end) - head > limit:
        yield head, end, head, new_end
    else:
        for _, i, j, k, m in SequenceMatcher(None, old[head:end], new[head:new_end]).get_opcodes():
            yield head + i, head + j, head + k, head + m
    yield end, len(old), new_end, len(new)


def _common(old: Sequence[object], new: Sequence[object]) -> int:
    """Return the length of the common prefix."""
    return next((k for k, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _pieces(
    old: Sequence[Token] | None, new: Sequence[Token] | None, tolerance: Tolerance, *, moved: bool
) -> Iterator[Piece]:
    """Yield the line's pieces: token by token if both have the same shape, else by ranges of tokens."""
    if old is None or new is None:
        yield Piece(kind="text", old=_text(old or ()), new=_text(new or ()), needed=INFINITY, agrees=False)
    elif shape(old) == shape(new):
        yield from (_piece(a, b, tolerance, moved=moved) for a, b in _columns(old, new))
    else:
        for i, j, k, m in _blocks([t.shape for t in old], [t.shape for t in new], _WORDS):
            if [t.shape for t in old[i:j]] == [t.shape for t in new[k:m]]:
                yield from (_piece(a, b, tolerance, moved=moved) for a, b in zip(old[i:j], new[k:m], strict=True))
            else:
                yield Piece(kind="text", old=_text(old[i:j]), new=_text(new[k:m]), needed=INFINITY, agrees=False)


def _text(line: Iterable[Token]) -> str:
    return "".join(token.text for token in line)


def _columns(old: Sequence[Token], new: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Pair the tokens of two lines of one shape; a blank missing in one is paired with nothing."""
    nothing = Token("blank", "")
    rest = iter(new)
    b = next(rest, nothing)
    for a in (*old, nothing):
        if a.kind == "blank" and b.kind != "blank":
            yield a, nothing
            continue
        if b.kind == "blank" and a.kind != "blank":
            yield nothing, b
            b = next(rest, nothing)
        yield a, b
        b = next(rest, nothing)


def _piece(old: Token, new: Token, tolerance: Tolerance, *, moved: bool) -> Piece:
    if old.text == new.text:
        return Piece(kind="text", old=old.text, new=new.text)
    if old.kind == "number":
        needed = tolerance.needed(old.text, new.text)
        return Piece(kind="number", old=old.text, new=new.text, needed=needed, agrees=tolerance.accepts(needed))
    return Piece(kind="layout", old=old.text, new=new.text, needed=ZERO if moved else INFINITY, agrees=moved)
