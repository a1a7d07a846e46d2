"""What is to be run: each call that decks quote, once, with its key and what is recorded of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kejian.diagnostics import Diagnostic, Span, error
from kejian.keys import chunks
from kejian.keys.examples import Key, Package, Symbol, changes, is_example, key
from kejian.model import Code, Example
from kejian.quoted import calls
from kejian.quoted.calls import Call
from kejian.record import normalise, tolerance
from kejian.record.agree import agree
from kejian.record.drift import Drift
from kejian.record.record import Record
from kejian.record.record import name as record_name
from kejian.record.recorded_files import Recorded
from kejian.record.tolerance import Tolerance
from kejian.running.children import PINNED, SEED
from kejian.store import digest

RUNNER = "1"
"""Part of every key: raise it when what a run captures changes."""

SETTINGS = {
    "environment": digest(*(word for pair in sorted(PINNED.items()) for word in pair))[:12],
    "runner": RUNNER,
    "seed": str(SEED),
}


@dataclass(frozen=True)
class Job:
    """A call or a chunk, the examples that quote it in order, and what it is made from.

    known: what is recorded under `name`, if anything.
    """

    name: str
    call: Call | Code
    symbol: Symbol
    key: Key
    examples: tuple[Example, ...]
    known: Recorded | None

    @property
    def first(self) -> Example:
        """The example that stands first in the decks: findings are reported there."""
        return self.examples[0]

    @property
    def span(self) -> Span:
        """Where the call is quoted first."""
        return self.first.span

    @property
    def fresh(self) -> bool:
        """Whether the record was made from what is here now, and nobody has edited it."""
        return self.known is not None and self.known.key == self.key.digest and not self.known.edited

    @cached_property
    def why(self) -> list[str]:
        """Why the call must run: what changed since it was recorded."""
        if self.known is None:
            return ["never ran"]
        if not self.known.key and not self.known.edited:
            return ["what is recorded was pasted and never ran"]
        edited = [f"{file} was edited" for file in self.known.edited]
        return edited + changes(self.known.parts, self.key.parts)

    @property
    def tolerance(self) -> Tolerance:
        """How far numbers may move, as the first import says."""
        return tolerance.read(self.first.tolerance)

    @property
    def rules(self) -> tuple[str, ...]:
        """The normalisers that the first import names."""
        return normalise.read(self.first.normalise)

    @property
    def seconds(self) -> float:
        """How long the last run took; unknown ones count as a minute, so that they start early."""
        return self.known.seconds if self.known else 60.0


def plan(examples: Iterable[Example], package: Package, record: Record) -> Iterator[Job | tuple[Example, Diagnostic]]:
    """A job for each chunk, and for each call with its format; for an example that cannot be run, why."""
    groups: dict[tuple[object, ...], list[Example]] = {}
    for example in dict.fromkeys(examples):
        groups.setdefault((example.call, example.format, example.code), []).append(example)
    resolved: dict[str, list[Example]] = {}
    for group in groups.values():
        wrong = _wrong(group[0], package)
        name = "" if wrong else _name(group[0], package)
        if name in resolved and resolved[name][0].code != group[0].code:
            wrong = chunks.taken(group[0])
        if wrong:
            yield from ((one, wrong) for one in group)
            continue
        resolved.setdefault(name, []).extend(group)
    whole = chunks.joined(package, (group[0] for group in resolved.values()))
    for name, group in resolved.items():
        call, symbol = _call(group[0], package)
        assert symbol is not None  # `_wrong` has found it
        yield Job(name, call, symbol, key(whole, symbol, SETTINGS), tuple(group), record.read(name))


def _call(example: Example, package: Package) -> tuple[Call | Code, Symbol | None]:
    if example.code:
        return example.code[-1], chunks.symbol(example.code[-1])
    call = calls.parse(example.call, package.name)
    symbol = package.find(call.name)
    return (call if symbol is None else Call(symbol.name, call.positional, call.keywords, call.path)), symbol


def _name(example: Example, package: Package) -> str:
    if example.code:
        return chunks.record_name(example.code[-1])
    call, _ = _call(example, package)
    settings = {"format": example.format} if example.format else {}
    if example.format == "":
        settings = {"as": "text"}
    return record_name(str(call), settings)


def _wrong(example: Example, package: Package) -> Diagnostic | None:
    """Why an example cannot be run, before anything is."""
    if package.diagnostics:
        return package.diagnostics[0]
    return _no_example(example, package) or (chunks.wrong(example) if example.code else None) or _undeclarable(example)


def _no_example(example: Example, package: Package) -> Diagnostic | None:
    """Why a call is none of an example's."""
    call, symbol = _call(example, package)
    if isinstance(call, Code):
        return None
    if not package.name:
        hint = (
            "make a folder `examples` with an __init__.py at the root of the course, or set `examples` in kejian.toml"
        )
        return error("no-examples", example.span, "the course has no examples package", hint)
    if symbol is None:
        near = ", ".join(f"`{name}`" for name in package.nearest(call.name))
        hint = f"did you mean {near}?" if near else f"name a function of the package {package.name}, `module.function`"
        return error("no-such-example", example.span, f"{package.name} has no `{call.name}`", hint)
    if not (symbol.kind == "function" if call.positional or call.keywords else is_example(symbol)):
        hint = "give each parameter a default, or write arguments"
        return error("not-an-example", example.span, f"`{symbol.name}` cannot be called without arguments", hint)
    return None


def _undeclarable(example: Example) -> Diagnostic | None:
    """What is wrong in how an example wants to be compared."""
    try:
        tolerance.read(example.tolerance)
        normalise.read(example.normalise)
    except (tolerance.BadTolerance, normalise.UnknownRule) as e:
        return error("bad-tolerance", example.span, str(e), e.hint)
    return None


def drifts(job: Job, fresh: Recorded) -> list[Drift]:
    """The drift between what is recorded of a job and a fresh run, if there is any."""
    if job.known is None:
        return []
    verdict = agree(job.known.outputs, fresh.outputs, job.tolerance, job.rules)
    if verdict.agrees:
        return []
    causes = tuple(job.why) or ("nothing it is made from has changed: another machine, or something is not pinned",)
    also = tuple(example.span for example in job.examples[1:])
    return [Drift(str(job.call), job.span, "changed", job.name, verdict, job.tolerance, causes, also=also)]


def declared(job: Job) -> Mapping[str, str]:
    """The data files that the job's code declares, by course path."""
    return {part.name: part.value for part in job.key.parts if part.kind == "data"}


def packages(job: Job) -> tuple[str, ...]:
    """The packages whose random numbers are seeded before the call."""
    names = {part.name for part in job.key.parts if part.kind == "package"}
    return tuple(name for name in ("numpy", "tensorflow", "keras") if name in names)


__all__ = ["SETTINGS", "Job", "declared", "packages", "plan"]
