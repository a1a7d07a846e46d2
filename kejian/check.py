"""`check`: every example runs cold and is compared with the record. Writes nothing; says what drifted and why."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kejian.diagnostics import Diagnostic, Severity, Span, failed, ordered, strict, warning
from kejian.fill import Progress
from kejian.record import drift
from kejian.record.drift import Drift
from kejian.record.loose import loose
from kejian.running import execution
from kejian.running.execution import Ran
from kejian.running.jobs import Job, drifts
from kejian.survey import Survey, survey


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. drifts: examples whose record does not hold, also as errors among the `diagnostics`."""

    drifts: tuple[Drift, ...]
    diagnostics: tuple[Diagnostic, ...]
    examples: int = 0
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether a slide does not say what its code says, or it cannot be known."""
        return failed(self.diagnostics)

    def summary(self) -> str:
        """One line of figures."""
        errors = sum(found.severity is Severity.ERROR for found in self.diagnostics)
        warnings = sum(found.severity is Severity.WARNING for found in self.diagnostics)
        verdict = "drift" if self.drifts else "errors" if errors else "every output is what the code shows"
        return (
            f"{self.examples} examples run, {len(self.drifts)} drifted; {errors} errors, {warnings} warnings: {verdict}"
        )


def check(course: Path, progress: Progress, today: str, *, strictly: bool = False) -> Checked:
    """Run every example that the decks of `course` quote, and compare."""
    found = survey(course)
    if found.wrong:
        return Checked((), found.wrong)
    (found.root / ".kejian").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cold-", dir=found.root / ".kejian") as cold:
        jobs = execution.run(found.jobs, found.root, Path(cold), progress, today)
        ran = list(jobs) if found.jobs else []
    drifted = sorted((d for one in ran for d in _drifts(one)), key=lambda d: d.span)
    said = ordered([*_standing(found), *_said(ran), *drift.diagnostics(drifted)])
    return Checked(tuple(drifted), tuple(strict(said) if strictly else said), len(ran))


def _drifts(ran: Ran) -> Iterator[Drift]:
    job = ran.job
    one = Drift(str(job.call), job.span, "missing", job.name, also=tuple(e.span for e in job.examples[1:]))
    if ran.fresh is None:
        for found in ran.diagnostics:
            if found.severity is Severity.ERROR:
                message, _, trace = found.message.partition("\n")
                yield replace(one, reason="failed", causes=(message,), trace=trace)
        return
    if job.known is None:
        yield one
        return
    changed = drifts(job, ran.fresh)
    yield from changed
    if not changed and job.known.key != job.key.digest:
        yield replace(one, reason="stale", causes=tuple(job.why))


def _standing(found: Survey) -> Iterator[Diagnostic]:
    """What can be said before anything runs."""
    for deck in found.decks:
        yield from deck.diagnostics
    yield from (diagnostic for _, diagnostic in found.refused)
    for name in found.unused:
        message = f"no slide quotes {name} any more"
        yield warning("unused-output", Span(f"{found.outputs}/{name}.json"), message, "python build.py clean --outputs")
    if found.package is not None:
        yield from found.package.diagnostics


def _said(ran: Sequence[Ran]) -> Iterator[Diagnostic]:
    """Findings of the runs that are no drift: what is unavailable, undeclared reads, tolerances that do no good."""
    for one in ran:
        yield from (found for found in one.diagnostics if found.severity is not Severity.ERROR)
        yield from _loose(one.job) if one.fresh is not None else ()


def _loose(job: Job) -> Iterator[Diagnostic]:
    words = loose(job.known.outputs, job.tolerance, job.rules) if job.known else ""
    if words:
        yield warning("loose-tolerance", job.span, f"{job.call}: {words}", "make tol= smaller, or leave it out")
