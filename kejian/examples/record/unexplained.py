"""Explains drift without any changed dependency, from the outputs themselves."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Context, Decimal
from itertools import combinations
from typing import NamedTuple

from kejian.examples.record.compare_outputs import OutputPair, Verdict
from kejian.examples.record.compare_text import Piece, compare
from kejian.examples.record.normalise import RULES
from kejian.examples.record.tolerance import Tolerance, value

NOTHING = "nothing it is made from has changed"
_RULE = {
    "addresses": "an address in memory, another in each run",
    "durations": "how long something took",
    "progress": "a progress bar",
}
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)?"
    r"|[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} [0-9]{4}"
)
_LAST_DIGITS = Decimal("0.001")
"""How far, of their size, numbers move where other machine code computes them."""

_ROUGH = Context(prec=2, rounding=ROUND_UP)


class DriftCause(NamedTuple):
    """A possible cause of drift, as a clause, and what to write about it; "" if only accepting it helps.

    setting: the remedy is an attribute of the import. again: outputs differ in every run, so none is right.
    """

    cause: str
    hint: str = ""
    setting: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """What is known of a run besides its outputs.

    drawn: code that ran and draws or asks the time, as the end of a sentence; "" for none that is known.
    here: its record was made by this build, on the same machine.
    """

    drawn: str = ""
    here: bool = False


def seen(
    verdict: Verdict,
    tolerance: Tolerance,
    rules: Sequence[str],
    *,
    settable: bool = True,
    facts: RunFacts = RunFacts(),
) -> DriftCause:
    """Return what the differing outputs suggest.

    settable: whether the example takes `normalise=` and `tol=`; a value in prose does not.
    """
    pairs = [pair for pair in verdict.pairs if not pair.comparison.agrees]
    found = (
        None if verdict.note or not all(map(_is_text, pairs)) else _in_texts(pairs, verdict, tolerance, rules, facts)
    )
    if found is None:
        unknown = "something is not pinned" if facts.here else "another machine, or something is not pinned"
        return DriftCause(f"{NOTHING}: {unknown}{facts.drawn}")
    cause = f"{NOTHING}, and what differs is {found.cause}{'' if found.setting else facts.drawn}"
    return found._replace(cause=cause) if settable or not found.setting else DriftCause(cause)


def _is_text(pair: OutputPair) -> bool:
    return bool(pair.old and pair.new and pair.new.kind != "picture")


def _in_texts(
    pairs: Sequence[OutputPair], verdict: Verdict, tolerance: Tolerance, rules: Sequence[str], facts: RunFacts
) -> DriftCause | None:
    texts = [(pair.old.text, pair.new.text) for pair in pairs if pair.old and pair.new]
    needed = _rules(texts, tolerance, rules)
    if needed:
        names = " ".join(name for name in RULES if name in {*rules, *needed})
        hint = f'write normalise="{names}" on the import'
        return DriftCause(" and ".join(_RULE[name] for name in needed), hint, setting=True, again=True)
    if all(compare(_DATE.sub("⟨date⟩", old), _DATE.sub("⟨date⟩", new), tolerance, rules).agrees for old, new in texts):
        return DriftCause("a date or a time of day", "give the example a fixed one instead of today's")
    pieces = [piece for pair in pairs for change in pair.comparison.changes for piece in change.pieces]
    return _numbers([piece for piece in pieces if not piece.agrees], verdict, facts)


def _rules(texts: Collection[tuple[str, str]], tolerance: Tolerance, rules: Sequence[str]) -> tuple[str, ...]:
    """Return the fewest additional rules under which the texts agree; empty if none do."""
    others = [name for name in ("addresses", "durations", "progress") if name not in rules]
    for count in range(1, len(others) + 1):
        for more in combinations(others, count):
            if all(compare(old, new, tolerance, {*rules, *more}).agrees for old, new in texts):
                return more
    return ()


def _numbers(pieces: Sequence[Piece], verdict: Verdict, facts: RunFacts) -> DriftCause | None:
    """Return the cause if only numbers differ."""
    needed = verdict.needed
    if needed is None or not all(piece.kind == "number" and piece.needed.is_finite() for piece in pieces):
        return None
    measured = facts.here and facts.drawn  # no processor and no library has changed meanwhile
    if measured or max(map(_moved, pieces), default=Decimal(1)) > _LAST_DIGITS:
        cause = "numbers: random ones without a seed, or a measurement"
        return DriftCause(cause, "give random numbers a seed, as in `default_rng(0)`, and leave measurements out")
    why = "what runs at once adds in another order" if facts.here else "another CPU, or another build of a library"
    cause = f"the last digits of numbers: {why}"
    return DriftCause(cause, _tolerant(needed), setting=True)


def _moved(piece: Piece) -> Decimal:
    """Return the relative distance that the number moved."""
    old, new = value(piece.old), value(piece.new)
    size = max(abs(old), abs(new))
    return abs(old - new) / size if size else Decimal(0)


def _tolerant(needed: Tolerance) -> str:
    absolute, relative = ((_ROUGH.plus(n) if n else n) for n in (needed.absolute, needed.relative))
    words = str(Tolerance(absolute, relative, needed.integers, needed.levels))
    return f'write tol="{words}" on the import' if " " in words else f"write tol={words} on the import"
