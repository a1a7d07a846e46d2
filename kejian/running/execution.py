"""Run what is stale, compare it with the record, and say what became of each example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

from kejian.diagnostics import Diagnostic, error, warning
from kejian.fill import Progress
from kejian.model import Code
from kejian.record.outputs import Output
from kejian.record.recorded_files import Recorded
from kejian.running import children, executors, jobs
from kejian.running.absence import Absence, absence, unavailable
from kejian.running.children import Answer, Limits, Stopped, never
from kejian.running.jobs import Job
from kejian.running.places import Opener, Place
from kejian.running.tasks import Outcome, Refusal, Task

_TRIES = 3
"""How often a task is submitted that its executor loses."""


@dataclass(frozen=True, slots=True)
class Round:
    """What the jobs of one run have in common.

    root: the course. code: the course paths of the examples package's modules. cache: see `children.run`; `cold` where
    it is this run's own. today: the UTC date. stopped: whether what runs is to end. executor: where the jobs run.
    """

    root: Path
    code: tuple[str, ...]
    cache: Path
    today: str
    progress: Progress
    stopped: Stopped = never
    executor: Opener = executors.local
    cold: bool = False


@dataclass(frozen=True, slots=True)
class Ran:
    """A job that has been run: its outputs, or none and a finding. `fresh` is what the record would hold.

    missing: what this machine lacks, if that is why there is nothing.
    """

    job: Job
    fresh: Recorded | None
    diagnostics: tuple[Diagnostic, ...] = ()
    missing: Absence | None = None


def run(todo: Sequence[Job], around: Round) -> Iterator[Ran]:
    """Run all jobs, the longest first; each is answered once. Raises `NoExecutorError` before any has run.

    What runs ends when `stopped` says so, and when nobody waits for it any more, as after Ctrl-C.
    """
    groups = sorted(_groups(todo), key=lambda group: -sum(job.seconds for job in group))
    with around.executor() as place:
        for group, outcome in _outcomes(place, groups, around):
            if isinstance(outcome, Refusal):
                yield from (Ran(job, None, (_refused(job, outcome),)) for job in group)
                continue
            for job, answer in zip(group, outcome, strict=True):
                yield _ran(job, answer, around.root, around.today)


_Running = dict[Future[Outcome], tuple[list[Job], int]]
"""Tasks that have been submitted: their jobs, and how often."""


def _outcomes(place: Place, groups: Iterable[list[Job]], around: Round) -> Iterator[tuple[list[Job], Outcome]]:
    """Each group as it is done; one that gets lost is submitted again."""
    running: _Running = {}
    left = Event()

    def submit(group: list[Job], tries: int) -> None:
        starts = partial(_announce, group, around.progress)
        future = place.submit(_task(group, around), starts, lambda: left.is_set() or around.stopped(), tries - 1)
        running[future] = group, tries

    try:
        for group in groups:
            submit(group, 1)
        while running:
            for future in _finished(running, around.progress):
                group, tries = running.pop(future)
                outcome = place.outcome(future)
                if outcome is None and tries < _TRIES:
                    submit(group, tries + 1)
                    continue
                yield group, outcome or Refusal(f"it got lost {tries} times", "see what the executor's workers say")
    finally:
        left.set()
        for future in running:
            future.cancel()


def _groups(todo: Iterable[Job]) -> list[list[Job]]:
    """Jobs that share a child: the values in prose of one module; every other example has one to itself."""
    found: dict[str, list[Job]] = {}
    for job in todo:
        shared = job.first.format is not None and not job.first.timeout
        found.setdefault(f"values of {job.symbol.module}" if shared else job.name, []).append(job)
    return list(found.values())


def _announce(group: Sequence[Job], progress: Progress) -> None:
    first = group[0]
    more = f" and {len(group) - 1} more" if len(group) > 1 else ""
    progress(f"running {first.name}{more}: {'; '.join(first.why[:3]) or 'to compare it with the record'}")


def _task(group: Sequence[Job], around: Round) -> Task:
    """The group as a value: its calls, and what they need where the course is not at hand."""
    seeded = sorted({name for job in group for name in jobs.packages(job)})
    parts = dict.fromkeys(p for job in group for p in job.key.parts if p.kind in ("package", "python", "setting"))
    data = {path for job in group for path, digest in jobs.declared(job).items() if digest}
    decks = {code.span.path for job in group for code in job.first.code}
    return Task(
        str(around.root),
        str(around.cache),
        tuple(_call(job) for job in group),
        tuple(seeded),
        Limits(group[0].first.timeout or children.SECONDS),
        tuple(parts),
        (around.code, *((path,) for path in sorted(data | decks))),
        around.cold,
    )


def _call(job: Job) -> children.Call:
    call = job.call
    if isinstance(call, Code):
        return children.Call(code=tuple((one.span.path, one.span.line, one.text) for one in job.first.code))
    name = job.symbol.name.rpartition(".")[2]
    return children.Call(job.symbol.module, name, call.positional, call.keywords, call.path, job.first.format)


def _finished(running: _Running, progress: Progress) -> set[Future[Outcome]]:
    """The futures that are done, once there is one; every ten seconds until then a word on those that still run."""
    waited = 0
    while not (done := wait(running, timeout=10, return_when=FIRST_COMPLETED).done):
        waited += 10
        known = [future for future in running if future.running()] or list(running)  # a cluster does not say
        names = sorted(running[future][0][0].name for future in known)
        progress(f"still running after {waited} s: {', '.join(names[:9])}{' …' * (len(names) > 9)}")
    return done


def _ran(job: Job, answer: Answer, root: Path, today: str) -> Ran:
    found = tuple(_undeclared(job, answer, root))
    intended = answer.error is not None and job.first.raises in answer.error["types"]
    if answer.error is not None and not intended:
        missing = absence(job, answer.error)
        failure = unavailable(missing, job.span) if missing else _failure(job, answer)
        return Ran(job, None, (failure, *found), missing)
    if job.first.raises and not intended:
        message = f"`{job.call}` was to raise {job.first.raises}, and did not"
        return Ran(job, None, (error("example-no-error", job.span, message, "remove raises=, or mend the example"),))
    return Ran(job, _recorded(job, answer, today), found)


def _refused(job: Job, why: Refusal) -> Diagnostic:
    return error("example-not-run", job.span, f"`{job.call}` was not run: {why.words}", why.hint)


def _failure(job: Job, answer: Answer) -> Diagnostic:
    assert answer.error is not None
    kind, words = answer.error["type"], answer.error["message"]
    trace = f"\n{answer.error['trace']}" if answer.error["trace"] else ""
    hint = f'mend {job.symbol.path}:{job.symbol.line}, or write raises="{kind}" if the error is meant'
    return error("example-failed", job.span, f"`{job.call}` failed: {kind}: {words}{trace}", hint)


def _undeclared(job: Job, answer: Answer, root: Path) -> Iterator[Diagnostic]:
    """Files that were read and that the key does not know: a change in them would go unnoticed."""
    known = jobs.declared(job)
    base = root.resolve()
    for path in answer.reads:
        file = Path(path)
        if file.is_relative_to(base / ".kejian"):
            continue  # what the build itself keeps there, matplotlib's list of fonts for one
        inside = file.is_relative_to(base)
        name = file.relative_to(base).as_posix() if inside else file.name
        if name not in known or not inside:
            hint = f'write DATA = ("{name}",) in {job.symbol.path}' if inside else "keep data inside the course"
            message = f"`{job.call}` reads {name}, which its key does not know"
            yield warning("undeclared-read", job.span, message, hint)


def _recorded(job: Job, answer: Answer, today: str) -> Recorded:
    return Recorded(
        job.name,
        str(job.call),
        tuple(_outputs(answer)),
        job.key.digest,
        job.key.parts,
        tuple(sorted(jobs.SETTINGS.items())),
        children.SEED,
        next((part.value for part in job.key.parts if part.kind == "python"), ""),
        today,
        round(answer.seconds, 1),
        job.first.tolerance,
        job.first.normalise,
    )


def _outputs(answer: Answer) -> Iterator[Output]:
    if answer.printed:
        yield Output("text", "", "txt", answer.printed.encode("utf-8", "replace"))
    if answer.error is not None:
        text = f"{answer.error['type']}: {answer.error['message']}\n"
        yield Output("error", "", "txt", text.encode("utf-8", "replace"))
    if answer.value is not None:
        yield Output("value", "", "txt", answer.value.encode("utf-8", "replace"))
    for suffix, data, twin in answer.pictures:
        yield Output("picture", "", "svg" if suffix == "svg" else "png", data, twin)
