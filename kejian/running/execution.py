"""Run what is stale, compare it with the record, and say what became of each example."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import psutil

from kejian.diagnostics import Diagnostic, Span, error, warning
from kejian.fill import Progress
from kejian.model import Code
from kejian.record.outputs import Output
from kejian.record.recorded_files import Recorded
from kejian.running import children, jobs
from kejian.running.children import Answer, Limits, Stopped, never
from kejian.running.jobs import Job

EACH = 5 << 29
"""Bytes that a running example is reckoned with: the largest of ours takes 2 GiB."""

Run = Callable[[Sequence[Job]], list[Answer]]


@dataclass(frozen=True, slots=True)
class Absence:
    """What the example `call` needs and this machine does not have, in the example's own words.

    words: a sentence for the terminal. notes: sentences for the slide, in the course's language; may be none.
    """

    call: str
    words: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ran:
    """A job that has been run: its outputs, or none and a finding. `fresh` is what the record would hold.

    missing: what this machine lacks, if that is why there is nothing.
    """

    job: Job
    fresh: Recorded | None
    diagnostics: tuple[Diagnostic, ...] = ()
    missing: Absence | None = None


def run(
    todo: Sequence[Job], root: Path, cache: Path, progress: Progress, today: str, stopped: Stopped = never
) -> Iterator[Ran]:
    """Run all jobs, the longest first, as many at once as cores and memory allow; each is answered once.

    What runs ends when `stopped` says so, and when nobody waits for it any more, as after Ctrl-C.
    """
    left = Event()
    groups = sorted(_groups(todo), key=lambda group: -sum(job.seconds for job in group))

    def over() -> bool:
        return left.is_set() or stopped()

    with ThreadPoolExecutor(_at_once()) as pool:
        running = {pool.submit(_answers, group, root, cache, progress, over): group for group in groups}
        try:
            for future in _finished(running, progress):
                group = running[future]
                for job, answer in zip(group, future.result(), strict=True):
                    yield _ran(job, answer, root, today)
        except BaseException:
            left.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _at_once() -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, psutil.virtual_memory().available // EACH))


def _groups(todo: Iterable[Job]) -> list[list[Job]]:
    """Jobs that share a child: the values in prose of one module; every other example has one to itself."""
    found: dict[str, list[Job]] = {}
    for job in todo:
        shared = job.first.format is not None and not job.first.timeout
        found.setdefault(f"values of {job.symbol.module}" if shared else job.name, []).append(job)
    return list(found.values())


def _answers(group: Sequence[Job], root: Path, cache: Path, progress: Progress, stopped: Stopped) -> list[Answer]:
    first = group[0]
    more = f" and {len(group) - 1} more" if len(group) > 1 else ""
    reason = "; ".join(first.why[:3]) or "to compare it with the record"
    progress(f"running {first.name}{more}: {reason}")
    wanted = [_call(job) for job in group]
    seeded = sorted({name for job in group for name in jobs.packages(job)})
    limits = Limits(first.first.timeout or children.SECONDS)
    return children.run(root, wanted, seeded, cache, limits, stopped)


def _call(job: Job) -> children.Call:
    call = job.call
    if isinstance(call, Code):
        return children.Call(code=tuple((one.span.path, one.span.line, one.text) for one in job.first.code))
    name = job.symbol.name.rpartition(".")[2]
    return children.Call(job.symbol.module, name, call.positional, call.keywords, call.path, job.first.format)


def _finished(running: dict[Future[list[Answer]], list[Job]], progress: Progress) -> Iterator[Future[list[Answer]]]:
    """The futures as they finish; every ten seconds a word on those that still run."""
    left = set(running)
    waited = 0
    while left:
        done, left = wait(left, timeout=10, return_when=FIRST_COMPLETED)
        yield from done
        waited = 0 if done else waited + 10
        names = [running[future][0].name for future in left if future.running()]
        if not done and names:
            progress(f"still running after {waited} s: {', '.join(sorted(names))}")


def _ran(job: Job, answer: Answer, root: Path, today: str) -> Ran:
    found = tuple(_undeclared(job, answer, root))
    intended = answer.error is not None and job.first.raises in answer.error["types"]
    if answer.error is not None and not intended:
        missing = _absence(job, answer.error)
        failure = unavailable(missing, job.span) if missing else _failure(job, answer)
        return Ran(job, None, (failure, *found), missing)
    if job.first.raises and not intended:
        message = f"`{job.call}` was to raise {job.first.raises}, and did not"
        return Ran(job, None, (error("example-no-error", job.span, message, "remove raises=, or mend the example"),))
    return Ran(job, _recorded(job, answer, today), found)


def _absence(job: Job, raised: Mapping[str, Any]) -> Absence | None:
    if "UnavailableError" not in raised["types"]:
        return None
    return Absence(str(job.call), raised["message"], tuple(raised["notes"]))


def unavailable(missing: Absence, span: Span) -> Diagnostic:
    """The finding about an example that needs what this machine does not have."""
    hint = "once it is there, `python build.py clean` makes the next build ask again"
    return warning("example-unavailable", span, f"`{missing.call}` cannot run here: {missing.words}", hint)


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
