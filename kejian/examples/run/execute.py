"""Runs stale examples, and compares each with the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from threading import Event
from typing import Any

from kejian.core.diagnostics import Diagnostic, error
from kejian.core.progress import Progress, ProgressTask, begin, remind
from kejian.examples import answers, findings, jobs, unshown
from kejian.examples.answers import Answer
from kejian.examples.environment import SEED
from kejian.examples.jobs import Job
from kejian.examples.keys import first_party
from kejian.examples.keys.trace import Trace
from kejian.examples.record.file_format import RecordedExample
from kejian.examples.run import executors, subprocesses
from kejian.examples.run.backends import Backend
from kejian.examples.run.grouping import RunContext, as_task, grouped
from kejian.examples.run.shown import shown
from kejian.examples.run.tasks import Outcome, TaskRejected
from kejian.examples.run.traced import traced
from kejian.examples.run.unavailable import Unavailable, absence, unavailable
from kejian.examples.since import since

_TRIES = 3
"""How often a task is submitted that its executor loses."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """The result of a job: its outputs, or none and a diagnostic. `fresh` is what the record would hold.

    missing: what is unavailable on this machine, if that is why there are no outputs.
    """

    job: Job
    fresh: RecordedExample | None
    diagnostics: tuple[Diagnostic, ...] = ()
    missing: Unavailable | None = None


def run(todo: Sequence[Job], around: RunContext) -> Iterator[RunResult]:
    """Run all jobs, the longest first; yields each result once. Raises `NoExecutorError` before anything has run.

    Running jobs end when `stopped` says so, and when the iteration is abandoned, as after Ctrl-C.
    """
    groups = sorted(grouped(todo), key=lambda group: -sum(job.seconds for job in group))
    around = _for_elsewhere(around, todo)
    with around.executor() as place:
        for group, outcome in _outcomes(place, groups, around):
            if isinstance(outcome, TaskRejected):
                yield from (RunResult(job, None, (_refused(job, outcome),)) for job in group)
                continue
            for job, answer in zip(group, outcome, strict=True):
                yield _ran(job, answer, around)


def imported(todo: Sequence[Job], around: RunContext) -> Outcome:
    """Import the module of each job, all in one task; return the outcome. Raises `NoExecutorError`."""
    task = replace(
        as_task(todo, _for_elsewhere(around, todo)),
        calls=tuple(subprocesses.ChildCall(module=job.symbol.module) for job in todo),
    )
    with around.executor() as place:
        future = place.submit(task, lambda: None, around.stopped)
        return place.outcome(future) or TaskRejected("it got lost")


def _for_elsewhere(around: RunContext, todo: Sequence[Job]) -> RunContext:
    """Return the context; if jobs run outside the course's folder, with its modules outside of the package."""
    if around.executor is executors.local or not todo:
        return around
    traces = [job.known.trace for job in todo if job.known and job.known.trace]
    loaded = {path for trace in traces for _, path in trace.loaded}
    return replace(around, code=(*around.code, *first_party.beside(todo[0].package, loaded)))


class _Submitted:
    """Jobs that an executor has as one task: how often they were submitted, and what reports that they run."""

    def __init__(self, group: list[Job], tries: int, progress: Progress) -> None:
        self.group, self.tries, self._progress = group, tries, progress
        self._task: ProgressTask | None = None

    def start(self) -> None:
        """Report that the jobs run now, and why."""
        first = self.group[0]
        more = f" and {len(self.group) - 1} more" if len(self.group) > 1 else ""
        why = "; ".join(first.why[:3]) or "to compare it with the record"
        self._task = begin(self._progress, f"running {first.name}{more}: {why}")

    def end(self) -> None:
        """Report that they no longer run."""
        if self._task:
            self._task.end()


_Running = dict[Future[Outcome], _Submitted]


def _outcomes(place: Backend, groups: Iterable[list[Job]], around: RunContext) -> Iterator[tuple[list[Job], Outcome]]:
    """Yield each group with its outcome as it finishes; lost tasks are submitted again."""
    running: _Running = {}
    left = Event()
    waiting = list(groups)
    whole = begin(around.progress, "examples", sum(map(len, waiting)), bar_only=True)

    def submit(group: list[Job], tries: int) -> None:
        one = _Submitted(group, tries, around.progress)
        future = place.submit(as_task(group, around), one.start, lambda: left.is_set() or around.stopped(), tries - 1)
        running[future] = one

    try:
        for group in waiting:
            submit(group, 1)
        while running:
            for future in _finished(running, around.progress):
                one = running.pop(future)
                one.end()
                outcome = place.outcome(future)
                if outcome is None and one.tries < _TRIES:
                    submit(one.group, one.tries + 1)
                    continue
                for _ in one.group:
                    whole.advance()
                lost = TaskRejected(f"it got lost {one.tries} times", "see what the executor's workers say")
                yield one.group, outcome or lost
    finally:
        whole.end()
        left.set()
        for future in running:
            future.cancel()


def _finished(running: _Running, progress: Progress) -> set[Future[Outcome]]:
    """Wait for finished futures; every ten seconds report those that are still running."""
    waited = 0
    while not (done := wait(running, timeout=10, return_when=FIRST_COMPLETED).done):
        waited += 10
        known = [future for future in running if future.running()] or list(running)  # a cluster does not say
        names = sorted(running[future].group[0].name for future in known)
        remind(progress, f"still running after {waited} s: {', '.join(names[:9])}{' …' * (len(names) > 9)}")
    return done


def _ran(job: Job, answer: Answer, around: RunContext) -> RunResult:
    trace = traced(answer, around.root, jobs.named(job))
    undeclared = (*findings.undeclared(job, trace, around.root), *findings.uncounted(job, answer))
    found = (*undeclared, *findings.aside(job, answer))
    intended = answer.error is not None and _is_meant(job, answer.error)
    if answer.error is not None and not intended:
        missing = absence(job, answer.error)
        failure = unavailable(missing, job.span, since(job)) if missing else findings.failure(job, answer, around.root)
        return RunResult(job, None, (failure, *found), missing)
    if nothing := unshown.without_text(job, answer):
        return RunResult(job, None, (nothing, *undeclared))
    if job.first.raises and not intended:
        message = f"`{job.call}` was to raise {job.first.raises}, and did not"
        return RunResult(
            job, None, (error("example-no-error", job.span, message, "remove raises=, or fix the example"),)
        )
    return RunResult(job, _recorded(job, answer, trace, around), found)


def _is_meant(job: Job, raised: Mapping[str, Any]) -> bool:
    """Return whether the example is expected to raise this; limits of the child itself are never expected."""
    return job.first.raises in raised["types"] and raised["type"] not in (
        *answers.FAILURES,
        answers.TOO_MUCH,
        answers.CANNOT_SHOW,
    )


def _refused(job: Job, why: TaskRejected) -> Diagnostic:
    return error("example-not-run", job.span, f"`{job.call}` was not run: {why.words}", why.hint)


def _recorded(job: Job, answer: Answer, noted: Trace, around: RunContext) -> RecordedExample:
    trace = replace(noted, shapes=job.shapes_of(noted))
    key = job.key_of(trace)
    return RecordedExample(
        name=job.name,
        call=str(job.call),
        outputs=tuple(shown(answer, job.form, aside=any(example.stderr for example in job.examples))),
        key=key.digest,
        parts=key.parts,
        settings=tuple(sorted(job.limits.around.settings().items())),
        seed=SEED,
        python=next((part.value for part in key.parts if part.kind == "python"), ""),
        verified=around.today,
        seconds=round(answer.seconds, 1),
        tolerance=job.first.tolerance,
        normalise=job.first.normalise,
        trace=trace,
    )
