"""Whether a fresh run shows what the record says, output by output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kejian.record.compare import Comparison, compare
from kejian.record.outputs import Kind, Output
from kejian.record.pictures import compare_pictures
from kejian.record.tolerance import DEFAULT, INFINITY, ZERO, Tolerance


@dataclass(frozen=True, slots=True)
class Pair:
    """An output as recorded and as it is now; either may be missing. `old_number`, `number`: their places, from 1."""

    old: Output | None
    new: Output | None
    comparison: Comparison
    old_number: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of comparing all outputs. pairs: in the order of the fresh outputs, missing ones last.

    needed: the smallest tolerance that makes all agree, `DEFAULT` where none is needed; `None` where none would do.
    """

    pairs: tuple[Pair, ...]
    needed: Tolerance | None
    note: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the record still tells the truth."""
        return not self.note and all(pair.comparison.agrees for pair in self.pairs)


def agree(
    recorded: Sequence[Output], fresh: Sequence[Output], tolerance: Tolerance = DEFAULT, normalise: Sequence[str] = ()
) -> Verdict:
    """Compare outputs kind by kind, in order: the second picture with the second picture."""
    pairs = tuple(sorted(_pairs(recorded, fresh, tolerance, normalise), key=lambda p: (not p.number, p.number)))
    whole = all(pair.old and pair.new for pair in pairs)
    order = [pair.old_number for pair in pairs]
    return Verdict(
        pairs,
        _needed(pairs, tolerance),
        "the outputs come in another order" if whole and order != sorted(order) else "",
    )


def _pairs(
    recorded: Sequence[Output], fresh: Sequence[Output], tolerance: Tolerance, normalise: Sequence[str]
) -> Iterator[Pair]:
    for kind in dict.fromkeys(output.kind for output in (*fresh, *recorded)):
        for old, new in zip_longest(_numbered(recorded, kind), _numbered(fresh, kind)):
            a, b = (one[1] if one else None for one in (old, new))
            places = (one[0] if one else 0 for one in (old, new))
            yield Pair(a, b, _compared(a, b, tolerance, normalise), *places)


def _numbered(outputs: Sequence[Output], kind: Kind) -> list[tuple[int, Output]]:
    return [(number, output) for number, output in enumerate(outputs, 1) if output.kind == kind]


def _compared(old: Output | None, new: Output | None, tolerance: Tolerance, normalise: Sequence[str]) -> Comparison:
    if old is None or new is None:
        note = "it is not in the record" if old is None else "it is in the record, and the example no longer shows it"
        return Comparison(agrees=False, needed=INFINITY, note=note)
    if new.kind == "picture":
        return compare_pictures(old, new, tolerance)
    return compare(old.text, new.text, tolerance, normalise)


def _needed(pairs: Sequence[Pair], tolerance: Tolerance) -> Tolerance | None:
    """The needed tolerance in the shape of the one that is declared."""
    pictures = [p.comparison.needed for p in pairs if p.new and p.new.kind == "picture"]
    numbers = [p.comparison.needed for p in pairs if not (p.new and p.new.kind == "picture")]
    number, level = max(numbers, default=ZERO), max(pictures, default=ZERO)
    if INFINITY in (number, level):
        return None
    levels = max(level, DEFAULT.levels)
    if not number and all(p.comparison.exact for p in pairs if p.new and p.new.kind != "picture"):
        return Tolerance(levels=levels)
    if tolerance.absolute is None and tolerance.relative is not None:
        return Tolerance(relative=number, integers=tolerance.integers, levels=levels)
    return Tolerance(number, tolerance.relative, tolerance.integers, levels)
