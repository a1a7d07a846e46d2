"""Groups the jobs of a run, and describes each group as a task that can run on another machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kejian.core.limits import TEXT
from kejian.core.model import Chunk
from kejian.core.progress import Progress
from kejian.examples import jobs
from kejian.examples.jobs import Job
from kejian.examples.run import executors, subprocesses
from kejian.examples.run.backends import BackendFactory
from kejian.examples.run.subprocesses import Stopped, never
from kejian.examples.run.tasks import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class RunContext:
    """The common context of the jobs of one run.

    root: the course. code: the course paths of the examples package's modules.
    cache: see `subprocesses.run`; with `cold` it is this run's own.
    today: the UTC date. stopped: polled; true ends running jobs. executor: where the jobs run.
    limit: bytes of text that an example may print, and that it may return. marks: see `subprocesses.run`.
    """

    root: Path
    code: tuple[str, ...]
    cache: Path
    today: str
    progress: Progress
    stopped: Stopped = never
    executor: BackendFactory = executors.local
    cold: bool = False
    limit: int = TEXT
    marks: bool = True


def grouped(todo: Iterable[Job]) -> list[list[Job]]:
    """Group jobs that share a child: the values in prose of one module; every other example is alone."""
    found: dict[str, list[Job]] = {}
    for job in todo:
        shared = job.first.format is not None and not job.first.timeout
        found.setdefault(f"values of {job.symbol.module}" if shared else job.name, []).append(job)
    return list(found.values())


def as_task(group: Sequence[Job], around: RunContext) -> Task:
    """Return the group as a self-contained task: its calls, and what they need where the course is not available."""
    limits = group[0].limits
    seeded = sorted({name for job in group for name in jobs.packages(job)})
    same = ("package", "python"), limits.around.settings()
    parts = dict.fromkeys(p for job in group for p in job.key.parts if p.kind in same[0] or p.name in same[1])
    data = {path for job in group for path, digest in jobs.declared(job).items() if digest}
    decks = {code.span.path for job in group for code in job.first.code}
    return Task(
        root=str(around.root),
        cache=str(around.cache),
        calls=tuple(_call(job) for job in group),
        packages=tuple(seeded),
        limits=replace(limits, seconds=group[0].first.timeout or limits.seconds, text=around.limit),
        parts=tuple(parts),
        files=(around.code, *((path,) for path in sorted(data | decks))),
        cold=around.cold,
        marks=around.marks,
    )


def _call(job: Job) -> subprocesses.ChildCall:
    call = job.call
    if isinstance(call, Chunk):
        return subprocesses.ChildCall(
            form=job.form, code=tuple((one.span.path, one.span.line, one.text) for one in job.first.code)
        )
    return subprocesses.ChildCall(
        module=job.symbol.module,
        name=job.symbol.name.rpartition(".")[2],
        positional=call.positional,
        keywords=call.keywords,
        path=call.path,
        format=job.first.format,
        form=job.form,
    )
