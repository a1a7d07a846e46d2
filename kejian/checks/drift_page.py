"""The drift report as one HTML page: old and new side by side, pictures included. No script, no request."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kejian.core import templates
from kejian.examples.record.compare_outputs import OutputPair
from kejian.examples.record.compare_text import LineChange
from kejian.examples.record.drift import SAID, Drift, distance, file_name, what_to_type
from kejian.examples.record.outputs import Output
from kejian.examples.record.tolerance import Tolerance

_NEAR = 3
"""Equal lines kept on each side of a difference."""

_ROWS = 500
"""Rows shown of one output."""

_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffRow:
    """A row of the comparison. old, new: `(text, differs)` in order; skipped: number of equal lines omitted here."""

    number: int = 0
    new_number: int = 0
    old: tuple[tuple[str, bool], ...] = ()
    new: tuple[tuple[str, bool], ...] = ()
    differs: bool = False
    note: str = ""
    skipped: int = 0


def report(drifts: Sequence[Drift]) -> Mapping[str, bytes]:
    """Return the files of the report, by path in its folder."""
    shown = [
        {
            "drift": drift,
            "said": SAID[drift.reason],
            "hint": what_to_type(drift),
            "note": drift.verdict.note if drift.verdict else "",
            "outputs": [_output(drift, pair) for pair in drift.differing],
        }
        for drift in drifts
    ]
    page = templates.environment().get_template("drift.html").render(drifts=shown)
    return {"index.html": page.encode("utf-8", "replace")}


def _output(drift: Drift, pair: OutputPair) -> dict[str, object]:
    found = pair.comparison
    rows = list(rows_of(pair, drift.tolerance))
    return {
        "file": file_name(drift.name, pair),
        "note": found.note,
        "old": _source(pair.old),
        "new": _source(pair.new),
        "rows": rows[:_ROWS],
        "left": max(0, len(rows) - _ROWS),
    }


def _source(output: Output | None) -> str:
    """Return a picture as a `data:` URL, "" for text; in an `<img>` SVG runs no script and requests nothing."""
    if output is None or output.suffix not in _TYPES:
        return ""
    return f"data:{_TYPES[output.suffix]};base64,{b64encode(output.data).decode()}"


def rows_of(pair: OutputPair, tolerance: Tolerance) -> Iterator[DiffRow]:
    """Yield the lines of both outputs side by side, equal stretches shortened; for pictures, the changed labels."""
    if any(one and one.kind == "picture" for one in (pair.old, pair.new)):
        yield from (_changed(change, tolerance) for change in pair.comparison.changes)
        return
    old, new = (one.text.removesuffix("\n").split("\n") if one else [] for one in (pair.old, pair.new))
    if not (pair.old and pair.new):
        yield from (DiffRow(number=k, new_number=0, old=((line, True),), differs=True) for k, line in enumerate(old, 1))
        yield from (
            DiffRow(number=0, new_number=k, old=(), new=((line, True),), differs=True) for k, line in enumerate(new, 1)
        )
        return
    i = j = 0
    for change in pair.comparison.changes:
        equal = (change.line - 1 - i) if change.line else (change.new_line - 1 - j)
        yield from _equal(old, new, i, j, equal)
        i, j = i + equal, j + equal
        yield _changed(change, tolerance)
        i, j = i + bool(change.line), j + bool(change.new_line)
    yield from _equal(old, new, i, j, min(len(old) - i, len(new) - j))


def _equal(old: list[str], new: list[str], i: int, j: int, count: int) -> Iterator[DiffRow]:
    """Yield `count` equal lines, from `old[i]` and `new[j]` on."""
    hidden = range(_NEAR, count - _NEAR) if count > 2 * _NEAR + 1 else range(0)
    for k in range(count):
        if k not in hidden:
            yield DiffRow(
                number=i + k + 1, new_number=j + k + 1, old=((old[i + k], False),), new=((new[j + k], False),)
            )
        elif k == hidden.start:
            yield DiffRow(skipped=len(hidden))


def _changed(change: LineChange, tolerance: Tolerance) -> DiffRow:
    notes = [distance(p, tolerance) for p in change.pieces if p.kind == "number" and not p.agrees]
    return DiffRow(
        number=change.line,
        new_number=change.new_line,
        old=tuple((p.old, not p.agrees) for p in change.pieces if p.old),
        new=tuple((p.new, not p.agrees) for p in change.pieces if p.new),
        differs=True,
        note="; ".join(notes),
    )
