"""Compares a fresh run with the record, output by output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kejian.examples.record.compare_pictures import compare_pictures
from kejian.examples.record.compare_text import Comparison, compare
from kejian.examples.record.outputs import Kind, Output
from kejian.examples.record.tolerance import DEFAULT, INFINITY, ZERO, Tolerance

_FORMS = {
    "txt": "text",
    "html": "HTML",
    "md": "Markdown",
    "tex": "TeX",
    "dot": "a graph",
    "svg": "a drawing",
    "png": "a picture",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputPair:
    """An output as recorded and as it is now; either may be missing. `old_number`, `number`: their
    1-based positions.
    """

    old: Output | None
    new: Output | None
    comparison: Comparison
    old_number: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of comparing all outputs. pairs: in the order of the fresh outputs, missing ones last.

    needed: the smallest tolerance that makes all agree, `DEFAULT` if none is needed; `None` if none suffices.
    """

    pairs: tuple[OutputPair, ...]
    needed: Tolerance | None
    note: str = ""

    @property
    def agrees(self) -> bool:
        """Return whether the record still holds."""
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
) -> Iterator[OutputPair]:
    for kind in dict.fromkeys(output.kind for output in (*fresh, *recorded)):
        for old, new in zip_longest(_numbered(recorded, kind), _numbered(fresh, kind)):
            a, b = (one[1] if one else None for one in (old, new))
            before, now = (one[0] if one else 0 for one in (old, new))
            found = _compared(a, b, tolerance, normalise)
            yield OutputPair(old=a, new=b, comparison=found, old_number=before, number=now)


def _numbered(outputs: Sequence[Output], kind: Kind) -> list[tuple[int, Output]]:
    return [(number, output) for number, output in enumerate(outputs, 1) if output.kind == kind]


def _compared(old: Output | None, new: Output | None, tolerance: Tolerance, normalise: Sequence[str]) -> Comparison:
    if old is None or new is None:
        note = "it is not in the record" if old is None else "it is in the record, and the example no longer shows it"
        return Comparison(agrees=False, needed=INFINITY, note=note)
    if new.kind == "picture":
        return compare_pictures(old, new, tolerance)
    if old.suffix != new.suffix:
        note = f"it was recorded as {_FORMS[old.suffix]}, and is {_FORMS[new.suffix]} now"
        return Comparison(agrees=False, needed=INFINITY, note=note)
    return compare(old.text, new.text, tolerance, normalise)


def _needed(pairs: Sequence[OutputPair], tolerance: Tolerance) -> Tolerance | None:
    """Return the needed tolerance in the same units as the declared one."""
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
