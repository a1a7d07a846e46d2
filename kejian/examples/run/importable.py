"""Checks that modules of recorded examples can still be imported after changes that do not make the examples stale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kejian.core.diagnostics import Diagnostic, error
from kejian.core.disk.store import Store, digest
from kejian.examples.answers import Answer
from kejian.examples.jobs import Job
from kejian.examples.run import execute
from kejian.examples.run.execute import RunResult
from kejian.examples.run.grouping import RunContext
from kejian.examples.run.tasks import TaskRejected


def changed(fresh: Iterable[Job], done: Iterable[RunResult], store: Store) -> list[Job]:
    """Return a job for each module to import again, since its code, or that of its imports, has changed.

    fresh: jobs whose record is valid, which depends only on what has run of a module. done: results of other jobs,
        which have imported their modules.
    """
    well = {name for ran in done if ran.fresh and ran.fresh.trace for name, _ in ran.fresh.trace.loaded}
    found = {job.symbol.module: job for job in reversed(list(fresh)) if _has_changed(job) and not job.first.code}
    for job in found.values():
        if job.symbol.module in well:
            store.offer(_key(job), b"")
    return [job for job in found.values() if job.symbol.module not in well and not store.has(_key(job))]


def broken(asked: Iterable[Job], around: RunContext, store: Store) -> Iterator[tuple[Job, Diagnostic]]:
    """Yield an error for each of these jobs' modules that no longer imports; successes are cached in the store."""
    first = sorted(asked, key=lambda job: -len(job.shapes))  # what it imports, the others need not
    around.progress(f"importing {', '.join(job.symbol.module for job in first[:9])}{' …' * (len(first) > 9)}")
    outcome = execute.imported(first, around)
    for job, answer in zip(first, [] if isinstance(outcome, TaskRejected) else outcome, strict=False):
        if answer.error is None:
            store.offer(_key(job), b"")
        else:
            yield job, _broken(job, answer)


def _has_changed(job: Job) -> bool:
    return job.known is not None and job.known.trace is not None and job.known.trace.shapes != job.shapes


def _key(job: Job) -> str:
    return digest("imports", job.symbol.module, *(word for shape in job.shapes for word in shape))


def _broken(job: Job, answer: Answer) -> Diagnostic:
    assert answer.error is not None
    trace = f"\n{answer.error['trace']}" if answer.error["trace"] else ""
    message = f"{job.symbol.module} can no longer be imported: {answer.error['type']}: {answer.error['message']}{trace}"
    return error("module-broken", job.span, message, f"fix {job.symbol.path}, or what it imports")
