"""Drift: places where slides differ from what their code shows now, and why; as diagnostics and as full text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_UP, Context
from itertools import groupby
from shlex import quote
from typing import Literal

from kejian.core.diagnostics import Diagnostic, Severity, Span
from kejian.examples.record.compare_outputs import OutputPair, Verdict
from kejian.examples.record.compare_text import LineChange, Piece
from kejian.examples.record.outputs import Output
from kejian.examples.record.tolerance import DEFAULT, Tolerance, shown

Reason = Literal["changed", "missing", "extra", "stale", "failed"]

SAID: Mapping[Reason, str] = {
    "changed": "no longer shows what the record says",
    "missing": "has no record",
    "extra": "is in the record, and no slide shows it",
    "stale": "was recorded from other sources than these",
    "failed": "failed",
}
HINTS: Mapping[Reason, str] = {
    "changed": "if the new output is right, run `kejian build`, review `git diff slides/outputs` and commit it",
    "missing": "run `kejian build`, review the new files in slides/outputs and commit them",
    "extra": "remove it with `kejian clean --outputs`",
    "stale": "run `kejian build`; an output that agrees stays as it is",
    "failed": "fix the example, or say `raises=` on the import where the error is the point",
}
WRITTEN = "it is in the record now; review `git diff slides/outputs`, then commit it or put the code right"
CODES = ("drift", "accepted")
"""The codes of a drift that stands, and of one that a check was told to accept."""

_SHOWN = 20
"""Changed lines of one output that the text lists."""

_CONTEXT = 60
"""Characters of an unchanged stretch of a changed line that the text keeps."""

_ROUGH = Context(prec=3, rounding=ROUND_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """An example whose record does not hold.

    example: the call, as the deck writes it. span: the import or the value in a deck. name: its name in the record.
    verdict: the differing outputs, if both exist. causes: clauses from `keys.changes`, or an error's message.
    trace: a failed example's traceback in the course. also: other places that show the same example.
    hint: what to type, if it differs from that for the reason. accepted: `check` has recorded the new output.
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
    hint: str = ""
    accepted: bool = False

    @property
    def differing(self) -> tuple[OutputPair, ...]:
        """Return the outputs that do not agree."""
        return tuple(p for p in self.verdict.pairs if not p.comparison.agrees) if self.verdict else ()


def diagnostics(drifts: Iterable[Drift], *, written: bool = False) -> list[Diagnostic]:
    """Return a diagnostic with the code `drift` for each: the first difference, the causes, what to type.

    written: the build has recorded the new output, which makes each change a warning to review it.
    """
    return [_finding(drift, written=written and drift.reason == "changed") for drift in drifts]


def _finding(drift: Drift, *, written: bool) -> Diagnostic:
    severity = Severity.HINT if drift.accepted else Severity.WARNING if written else Severity.ERROR
    code = CODES[drift.accepted]
    return Diagnostic(
        code=code,
        severity=severity,
        span=drift.span,
        message=_sentence(drift),
        hint=WRITTEN if written else what_to_type(drift),
    )


def _sentence(drift: Drift) -> str:
    first = first_difference(drift)
    parts = [
        f"{drift.example} {SAID[drift.reason]}",
        first,
        f"because {'; '.join(drift.causes)}" if drift.causes else "",
    ]
    return ": ".join(filter(None, parts[:2])) + "".join(f"; {part}" for part in filter(None, parts[2:]))


def first_difference(drift: Drift) -> str:
    """Return the first difference, as in the text; "" if none can be shown."""
    return next(_differences(drift, colour=False), "")


def as_text(drifts: Iterable[Drift], *, colour: bool = False) -> str:
    """Format each drift for a terminal: places, all differences with tolerances, causes, what to type."""
    return "\n".join("".join(f"{line}\n" for line in _block(drift, colour=colour)) for drift in drifts)


def _block(drift: Drift, *, colour: bool) -> Iterator[str]:
    kind = "hint[accepted]" if drift.accepted else "error[drift]"
    yield f"{drift.span}: {kind}: {drift.example} {SAID[drift.reason]}"
    yield from (f"    also at {span}" for span in drift.also)
    yield from (f"    {line}" for line in _differences(drift, colour=colour))
    yield from (f"    {printable(line)}" for line in drift.trace.splitlines())
    yield from (f"    because {printable(cause)}" for cause in drift.causes)
    yield f"    hint: {what_to_type(drift)}"


def what_to_type(drift: Drift) -> str:
    """Return what to do about a drift."""
    return WRITTEN if drift.accepted else drift.hint or HINTS[drift.reason]


def accepting(name: str, instead: str = "") -> str:
    """Return what to type if no build would run the example; `instead`: an alternative edit, if there is one."""
    new = f"if the new output is right, run `kejian check --accept {quote(name)}`, review the diff and commit it"
    return f"{instead}; or, {new}" if instead else new


def _differences(drift: Drift, *, colour: bool) -> Iterator[str]:
    """Yield a line for each difference: the record's file, its line, and the change."""
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


def file_name(name: str, pair: OutputPair) -> str:
    """Return the record's file that holds, or will hold, a pair's output."""
    output: Output | None = pair.old or pair.new
    number = pair.old_number or pair.number
    return f"{name}.{output.suffix}" if output and number < 2 else f"{name}.{number}.{output.suffix if output else ''}"


def in_words(change: LineChange, tolerance: Tolerance, *, colour: bool = False) -> str:
    """Format a changed line: `accuracy: 0.9874 → 0.9812 (differs by 0.0062, tolerance 0.004)`."""
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
    """Describe how far a number moved, and how far it may."""
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
    """Escape characters that would move a terminal's cursor or change its colours."""
    return "".join(c if c.isprintable() or c in "\t\u3000" else c.encode("unicode_escape").decode() for c in text)


def _quoted(text: str) -> str:
    return _clipped(printable(text)) if text.strip() else f'"{printable(text)}"'


def _clipped(text: str) -> str:
    return text if len(text) <= _CONTEXT else f"{text[: _CONTEXT // 2]}…{text[-_CONTEXT // 2 :]}"
