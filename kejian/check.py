"""`check`: every example runs cold and is compared with the record; decks are looked over. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kejian import abandoned
from kejian.browser.findings import CODES as BROWSER_CODES
from kejian.checks import Material, inspect
from kejian.checks.material import sizes
from kejian.diagnostics import Diagnostic, Severity, Span, error, failed, ordered, strict, warning
from kejian.fill import Progress
from kejian.model import Deck
from kejian.record import drift
from kejian.record.drift import Drift
from kejian.record.loose import loose
from kejian.running import execution, executors
from kejian.running.execution import Ran, Round
from kejian.running.jobs import Job, drifts
from kejian.running.places import NoExecutorError, Opener
from kejian.survey import Survey, survey


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. drifts: examples whose record does not hold, also as errors among the `diagnostics`."""

    drifts: tuple[Drift, ...]
    diagnostics: tuple[Diagnostic, ...]
    examples: int = 0
    accepted: int = 0
    executed: bool = True

    @property
    def failed(self) -> bool:
        """Whether a slide does not say what its code says, or it cannot be known."""
        return failed(self.diagnostics)

    def summary(self) -> str:
        """One line of figures."""
        errors = sum(found.severity is Severity.ERROR for found in self.diagnostics)
        warnings = sum(found.severity is Severity.WARNING for found in self.diagnostics)
        hints = len(self.diagnostics) - errors - warnings
        counts = f"{errors} errors, {warnings} warnings, {hints} hints, {self.accepted} accepted"
        if not self.executed:
            return f"no example run; {counts}"
        absent = sum(found.code == "example-unavailable" for found in self.diagnostics)
        but = f", but for {absent} that cannot run here" if absent else ""
        verdict = "drift" if self.drifts else "errors" if errors else f"every output is what the code shows{but}"
        return f"{self.examples} examples run, {len(self.drifts)} drifted; {counts}: {verdict}"


def check(
    course: Path,
    progress: Progress,
    today: str,
    *,
    strictly: bool = False,
    execute: bool = True,
    executor: Opener = executors.local,
) -> Checked:
    """Run every example that the decks of `course` quote, and compare; read what can be told without running.

    execute: without it no example runs, and none is compared. executor: where they run.
    """
    found = survey(course)
    if found.wrong:
        return Checked((), found.wrong)
    abandoned.sweep(found.root / ".kejian")
    try:
        ran = _run(found, progress, today, executor) if found.jobs and execute else []
    except NoExecutorError as e:
        return Checked((), (error("no-executor", Span("."), str(e), e.hint),))
    drifted = sorted((d for one in ran for d in _drifts(one)), key=lambda d: d.span)
    inspected = inspect(material(found), BROWSER_CODES)
    said = ordered([*_standing(found), *inspected.diagnostics, *_said(ran), *drift.diagnostics(drifted)])
    return Checked(tuple(drifted), tuple(strict(said) if strictly else said), len(ran), inspected.accepted, execute)


def _run(found: Survey, progress: Progress, today: str, executor: Opener) -> list[Ran]:
    code = found.package.paths if found.package else ()
    with abandoned.owned(found.root / ".kejian", abandoned.COLD) as cold:
        around = Round(found.root, code, cold, today, progress, executor=executor, cold=True)
        return list(execution.run(found.jobs, around))


def material(found: Survey) -> Material:
    """What the checks without a browser look at."""
    texts = {path: _lines(found.root / path) for deck in found.decks for path in _sources(deck)}
    return Material(
        found.decks,
        texts,
        found.settings,
        sizes(found.root),
        found.reads,
        found.outputs,
        tuple(found.unused),
    )


def _sources(deck: Deck) -> set[str]:
    return {deck.path, *(slide.span.path for slide in deck.slides)}


def _lines(file: Path) -> Sequence[str]:
    try:
        return file.read_text("utf-8-sig", errors="replace").split("\n")
    except OSError:
        return ()


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
