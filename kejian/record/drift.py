"""Drift: where a slide no longer says what its code says, and why; as diagnostics and as text with every difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_UP, Context
from itertools import groupby
from typing import Literal

from kejian.diagnostics import Diagnostic, Severity, Span
from kejian.record.agree import Pair, Verdict
from kejian.record.compare import Change, Piece
from kejian.record.outputs import Output
from kejian.record.tolerance import DEFAULT, Tolerance, shown

Reason = Literal["changed", "missing", "extra", "stale", "failed"]

SAID: Mapping[Reason, str] = {
    "changed": "no longer shows what the record says",
    "missing": "has no record",
    "extra": "is in the record, and no slide shows it",
    "stale": "was recorded from other sources than these",
    "failed": "failed",
}
HINTS: Mapping[Reason, str] = {
    "changed": "if the new output is right, run `python build.py`, review `git diff slides/outputs` and commit it",
    "missing": "run `python build.py`, review the new files in slides/outputs and commit them",
    "extra": "remove it with `python build.py clean --outputs`",
    "stale": "run `python build.py`; an output that agrees stays as it is",
    "failed": "mend the example, or say `raises=` on the import where the error is the point",
}
WRITTEN = "it is in the record now; review `git diff slides/outputs`, then commit it or put the code right"
_SHOWN = 20
"""Changed lines of one output that the text lists."""

_CONTEXT = 60
"""Characters of an unchanged stretch of a changed line that the text keeps."""

_ROUGH = Context(prec=3, rounding=ROUND_UP)


@dataclass(frozen=True, slots=True)
class Drift:
    """One example whose record does not hold.

    example: the call, as the deck writes it. span: the import or the value in a deck. name: its name in the record.
    verdict: the outputs that differ, where there are both. causes: clauses of `keys.changes`, or an error's words.
    trace: a failed example's traceback in the course. also: other places that show the same example.
    """

    example: str
    span: Span
    reason: Reason
    name: str = ""
    verdict: Verdict | None = None
    tolerance: Tolerance = DEFAULT
    causes: tuple[str, ...] = ()
    trace: str = ""
    also: tuple[Span, ...] = ()

    @property
    def differing(self) -> tuple[Pair, ...]:
        """The outputs that do not agree."""
        return tuple(p for p in self.verdict.pairs if not p.comparison.agrees) if self.verdict else ()


def diagnostics(drifts: Iterable[Drift], *, written: bool = False) -> list[Diagnostic]:
    """One finding with the code `drift` for each: the first difference, the causes, what to type.

    written: a build has put the new output into the record, which makes of each change a warning to review it.
    """
    return [_finding(drift, written=written and drift.reason == "changed") for drift in drifts]


def _finding(drift: Drift, *, written: bool) -> Diagnostic:
    severity = Severity.WARNING if written else Severity.ERROR
    return Diagnostic("drift", severity, drift.span, _sentence(drift), WRITTEN if written else HINTS[drift.reason])


def _sentence(drift: Drift) -> str:
    first = next(_differences(drift, colour=False), "")
    parts = [
        f"{drift.example} {SAID[drift.reason]}",
        first,
        f"because {'; '.join(drift.causes)}" if drift.causes else "",
    ]
    return ": ".join(filter(None, parts[:2])) + "".join(f"; {part}" for part in filter(None, parts[2:]))


def as_text(drifts: Iterable[Drift], *, colour: bool = False) -> str:
    """Each drift for people: the places, every difference with its tolerance, the causes, what to type."""
    return "\n".join("".join(f"{line}\n" for line in _block(drift, colour=colour)) for drift in drifts)


def _block(drift: Drift, *, colour: bool) -> Iterator[str]:
    yield f"{drift.span}: error[drift]: {drift.example} {SAID[drift.reason]}"
    yield from (f"    also at {span}" for span in drift.also)
    yield from (f"    {line}" for line in _differences(drift, colour=colour))
    yield from (f"    {printable(line)}" for line in drift.trace.splitlines())
    yield from (f"    because {printable(cause)}" for cause in drift.causes)
    yield f"    hint: {HINTS[drift.reason]}"


def _differences(drift: Drift, *, colour: bool) -> Iterator[str]:
    """A line for each difference: the file of the record, its line, and what changed in it."""
    if drift.verdict and drift.verdict.note:
        yield drift.verdict.note
    for pair in drift.differing:
        found, file = pair.comparison, file_name(drift.name, pair)
        if found.note:
            yield f"{file}: {found.note}"
        for change in found.changes[:_SHOWN]:
            place = ", label" if pair.new and pair.new.kind == "picture" else f":{change.line or change.new_line}"
            yield f"{file}{place}: {in_words(change, drift.tolerance, colour=colour)}"
        if len(found.changes) > _SHOWN:
            yield f"{file}: {len(found.changes) - _SHOWN} more lines differ"


def file_name(name: str, pair: Pair) -> str:
    """The file of the record that holds, or will hold, a pair's output."""
    output: Output | None = pair.old or pair.new
    number = pair.old_number or pair.number
    return f"{name}.{output.suffix}" if output and number < 2 else f"{name}.{number}.{output.suffix if output else ''}"


def in_words(change: Change, tolerance: Tolerance, *, colour: bool = False) -> str:
    """A changed line with its differences: `accuracy: 0.9874 → 0.9812 (differs by 0.0062, tolerance 0.004)`."""
    old, new = ("\x1b[31m", "\x1b[32m") if colour else ("", "")
    end = "\x1b[0m" if colour else ""
    if not (change.line and change.new_line):
        sign, paint = ("-", old) if change.line else ("+", new)
        return f"{paint}{sign} {_clipped(printable(change.old or change.new)) or '(an empty line)'}{end}"
    words = []
    for agrees, pieces in groupby(change.pieces, key=lambda piece: piece.agrees):
        if agrees:
            words.append(_clipped(printable("".join(piece.new for piece in pieces))))
            continue
        for piece in pieces:
            by = f" ({distance(piece, tolerance)})" if piece.kind == "number" else ""
            sides = [f"{paint}{_quoted(side)}{end}" for paint, side in ((old, piece.old), (new, piece.new)) if side]
            words.append(
                " → ".join(sides) + by if len(sides) > 1 else f"[{'gone' if piece.old else 'new'}: {sides[0]}]"
            )
    return "".join(words).strip()


def distance(piece: Piece, tolerance: Tolerance) -> str:
    """How far a number moved, and how far it may."""
    percent = tolerance.absolute is None and tolerance.relative is not None
    if not piece.needed.is_finite():
        return (
            "whole numbers are exact" if percent and "n" not in f"{piece.old}{piece.new}" else "no tolerance allows it"
        )
    if not piece.needed:
        return "the same value in other digits"
    by = f"{shown(_ROUGH.multiply(piece.needed, 100))}%" if percent else shown(piece.needed)
    return f"differs by {by}, " + (f"tolerance {tolerance}" if tolerance.declared else "no tolerance declared")


def printable(text: str) -> str:
    """`text` in which nothing moves a terminal's cursor or changes its colours."""
    return "".join(c if c.isprintable() or c in "\t\u3000" else c.encode("unicode_escape").decode() for c in text)


def _quoted(text: str) -> str:
    return _clipped(printable(text)) if text.strip() else f'"{printable(text)}"'


def _clipped(text: str) -> str:
    return text if len(text) <= _CONTEXT else f"{text[: _CONTEXT // 2]}…{text[-_CONTEXT // 2 :]}"
