"""`check`: runs every example from an empty cache, compares it with the record, and inspects the decks.

It writes nothing, unless it is asked to accept what it finds.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from kejian.checks import CourseUnderCheck, inspect
from kejian.checks.browser_codes import CODES as BROWSER_CODES
from kejian.core import encodings
from kejian.core.diagnostics import Diagnostic, Severity, Span, error, failed, ordered, strict, warning
from kejian.core.disk import scratch
from kejian.core.disk.cache_folder import cache_folder
from kejian.core.model import Deck
from kejian.core.paths import sizes
from kejian.core.progress import Progress, counted
from kejian.core.refused import RefusedError
from kejian.examples.chosen import chosen
from kejian.examples.comparison import drifts
from kejian.examples.jobs import Job
from kejian.examples.keys.key import only_around
from kejian.examples.record import drift
from kejian.examples.record.drift import Drift
from kejian.examples.record.record import RecordFolder, reconcile
from kejian.examples.record.tolerance_lint import loose
from kejian.examples.run import execute as execution
from kejian.examples.run import executors
from kejian.examples.run.backends import BackendFactory
from kejian.examples.run.execute import RunResult
from kejian.examples.run.grouping import RunContext
from kejian.pipeline.analysis import CourseAnalysis, survey


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamplesCheck:
    """The result of a check.

    drifts: examples whose record is wrong; they are also errors among the `diagnostics`.
    written: those of which the new output was recorded; they are also hints.
    accepted: the number of findings that slides suppress.
    """

    drifts: tuple[Drift, ...]
    diagnostics: tuple[Diagnostic, ...]
    examples: int = 0
    accepted: int = 0
    executed: bool = True
    written: tuple[Drift, ...] = ()

    @property
    def failed(self) -> bool:
        """Return whether a slide's output differs from its code's, or that cannot be determined."""
        return failed(self.diagnostics)

    def summary(self) -> str:
        """Format one line of figures."""
        errors = sum(found.severity is Severity.ERROR for found in self.diagnostics)
        warnings = sum(found.severity is Severity.WARNING for found in self.diagnostics)
        hints = len(self.diagnostics) - errors - warnings
        found = (counted(errors, "error"), counted(warnings, "warning"), counted(hints, "hint"))
        counts = f"{', '.join(found)}, {self.accepted} accepted"
        if not self.executed:
            return f"no example run; {counts}"
        absent = sum(found.code == "example-unavailable" for found in self.diagnostics)
        but = f", but for {absent} that cannot run here" if absent else ""
        verdict = "drift" if self.drifts else "errors" if errors else f"every output is what the code shows{but}"
        wrote = f", {len(self.written)} written into the record" if self.written else ""
        return f"{counted(self.examples, 'example')} run, {len(self.drifts)} drifted{wrote}; {counts}: {verdict}"


def check(
    course: Path,
    progress: Progress,
    today: str,
    *,
    strictly: bool = False,
    execute: bool = True,
    executor: BackendFactory | None = None,
    accept: Sequence[str] = (),
) -> ExamplesCheck:
    """Run every example that the decks of `course` quote, compare outputs, and run the other checks.

    execute: run examples; otherwise none is compared. executor: where they run, on this machine if it is `None`.
    accept: drifted examples whose new output is recorded, by name or `all`; see `chosen`.
    """
    found = survey(course)
    if failed(found.wrong):
        return ExamplesCheck(drifts=(), diagnostics=found.wrong)
    scratch.sweep(cache_folder(found.root))
    try:
        taken = chosen([*found.jobs, *found.refused], accept)
        ran = _run(found, progress, today, executor) if found.jobs and execute else []
    except RefusedError as e:
        return ExamplesCheck(drifts=(), diagnostics=(error(e.code, Span("."), str(e), e.hint),))
    drifted = sorted((d for one in ran for d in _judged(one, found.record, taken)), key=lambda d: d.span)
    inspected = inspect(material(found), BROWSER_CODES)
    said = ordered([*_standing(found), *inspected.diagnostics, *_findings_of_runs(ran), *drift.diagnostics(drifted)])
    standing, written = (tuple(d for d in drifted if d.accepted is accepted) for accepted in (False, True))
    told = tuple(strict(said) if strictly else said)
    return ExamplesCheck(
        drifts=standing,
        diagnostics=told,
        examples=len(ran),
        accepted=inspected.accepted,
        executed=execute,
        written=written,
    )


def _run(found: CourseAnalysis, progress: Progress, today: str, executor: BackendFactory | None) -> list[RunResult]:
    code = found.package.paths if found.package else ()
    with _cold(found.root) as cold:
        limit = found.settings.output_limit
        marks = found.package is None or not found.package.reads_bytecode
        around = RunContext(
            root=found.root,
            code=code,
            cache=cold,
            today=today,
            progress=progress,
            executor=executor or executors.local,
            cold=True,
            limit=limit,
            marks=marks,
        )
        return list(execution.run(found.jobs, around))


def _cold(course: Path) -> AbstractContextManager[Path]:
    """Return a cache folder without earlier runs: inside the course's cache, or elsewhere if that is read-only."""
    cache = cache_folder(course, make=True)
    return scratch.owned(cache, scratch.COLD) if os.access(cache, os.W_OK) else scratch.temporary()


def material(found: CourseAnalysis) -> CourseUnderCheck:
    """Return the input of the checks that need no browser."""
    texts = {path: _lines(found.root / path) for deck in found.decks for path in _sources(deck)}
    return CourseUnderCheck(
        decks=found.decks,
        lines=texts,
        settings=found.settings,
        files=sizes(found.root),
        reads=found.reads,
        outputs=found.outputs,
        unused=tuple(found.unused),
        recorded={example: job.known for job in found.jobs if job.known for example in job.examples},
    )


def _sources(deck: Deck) -> set[str]:
    return {deck.path, *(slide.span.path for slide in deck.slides)}


def _lines(file: Path) -> Sequence[str]:
    try:
        return encodings.readable(file.read_bytes()).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except OSError:
        return ()


def _judged(ran: RunResult, record: RecordFolder, taken: Collection[str]) -> Iterator[Drift]:
    """Yield the drift of one run; if it is to be accepted, and did not fail, record the new output."""
    found = list(_drifts(ran))
    job, fresh = ran.job, ran.fresh
    if not (found and fresh and job.name in taken):
        yield from found
        return
    record.write(reconcile(job.known, fresh, job.tolerance, job.rules))
    yield from (replace(drift, accepted=True) for drift in found)


def _drifts(ran: RunResult) -> Iterator[Drift]:
    job = ran.job
    one = Drift(
        example=str(job.call),
        span=job.span,
        reason="missing",
        name=job.name,
        also=tuple(e.span for e in job.examples[1:]),
    )
    if ran.fresh is None:
        for found in ran.diagnostics:
            if found.severity is Severity.ERROR:
                message, _, trace = found.message.partition("\n")
                yield replace(one, reason="failed", causes=(message,), trace=trace, hint=found.hint)
        return
    if job.known is None:
        yield one
        return
    changed = drifts(job, ran.fresh)
    yield from changed
    if not changed and job.known.key != job.key.digest and not only_around(job.known.parts, job.key.parts):
        yield replace(one, reason="stale", causes=tuple(job.why))


def _standing(found: CourseAnalysis) -> Iterator[Diagnostic]:
    """Yield diagnostics that need no run."""
    yield from found.wrong
    for deck in found.decks:
        yield from deck.diagnostics
    yield from (diagnostic for _, diagnostic in found.refused)
    if found.package is not None:
        yield from found.package.diagnostics


def _findings_of_runs(ran: Sequence[RunResult]) -> Iterator[Diagnostic]:
    """Yield findings of the runs other than drift: what is unavailable, undeclared reads, useless tolerances."""
    for one in ran:
        yield from (found for found in one.diagnostics if found.severity is not Severity.ERROR)
        yield from _loose(one.job) if one.fresh is not None else ()


def _loose(job: Job) -> Iterator[Diagnostic]:
    words = loose(job.known.outputs, job.tolerance, job.rules) if job.known else ""
    if words:
        yield warning("loose-tolerance", job.span, f"{job.call}: {words}", "make tol= smaller, or leave it out")
