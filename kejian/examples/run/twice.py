"""Runs an example twice before its first record if it is fast, to report irreproducible outputs at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from kejian.core.diagnostics import Diagnostic, warning
from kejian.core.progress import begin, silence
from kejian.examples.comparison import cause, drifts
from kejian.examples.jobs import Job
from kejian.examples.record.drift import first_difference
from kejian.examples.record.file_format import RecordedExample
from kejian.examples.run import execute
from kejian.examples.run.backends import NoExecutorError
from kejian.examples.run.execute import RunResult
from kejian.examples.run.grouping import RunContext

CHEAP = 2.0
"""Seconds that a run may take to be made twice."""


def is_worth_it(ran: RunResult) -> bool:
    """Return whether a run made the first record of its example, and was fast."""
    return ran.job.known is None and ran.fresh is not None and ran.fresh.seconds <= CHEAP


def differing(first: Iterable[RunResult], around: RunContext) -> Iterator[tuple[Job, Diagnostic]]:
    """Run these again; yield a warning for each whose outputs do not agree."""
    jobs = [_again(ran) for ran in first]
    names = ", ".join(sorted(job.name for job in jobs)[:9])
    task = begin(around.progress, f"once more, for it is the first time: {names}{' …' * (len(jobs) > 9)}")
    with suppress(NoExecutorError):  # it is unavailable since the first run, which is what counts
        for ran in execute.run(jobs, replace(around, progress=silence)):
            if ran.fresh is not None:
                yield from ((ran.job, found) for found in _findings(ran.job, ran.fresh))
    task.end()


def _again(ran: RunResult) -> Job:
    """Return the job of a run, with that run's outputs as its record."""
    assert ran.fresh is not None  # guaranteed by `is_worth_it`
    assert ran.fresh.trace is not None
    return replace(ran.job, known=ran.fresh, key=ran.job.key_of(ran.fresh.trace))


def _findings(job: Job, fresh: RecordedExample) -> Iterator[Diagnostic]:
    for drift in drifts(job, fresh):
        assert drift.verdict is not None
        why = cause(job, drift.verdict, fresh, here=True)
        shown = f"`{job.call}` shows something else when it is run again: {first_difference(drift)}"
        message = f"{shown}; {why.cause}"
        yield warning(
            "not-reproducible", job.span, message, why.hint or "give what is random a seed, and show no times"
        )
