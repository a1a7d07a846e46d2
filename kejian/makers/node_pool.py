"""The pool of Node processes that typeset and draw: sends jobs, yields results as they arrive, survives crashes."""

from __future__ import annotations

import json
import math
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event
from typing import IO

from kejian.core import node_process
from kejian.core.cores import cores
from kejian.core.toolchain import WORKER, Toolchain
from kejian.makers.tex_macros import Macros
from kejian.makers.worker_answers import Answer, NoAnswerError, answers

Job = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class JobLoss:
    """Why a job has no result. end: what happened to the process, a clause. to_blame: this job causes it."""

    end: str
    to_blame: bool


JobResult = tuple[int, "Answer | JobLoss"]
"""A job's number, and what became of the job."""
_Numbered = tuple[int, Job]

PROCESS_PAYS_OFF = 150
"""So many jobs take about as long as one more process takes to start."""

MOST_PROCESSES = 4
TRIES = 2
"""So many processes may end at a job, at last before they have answered anything, until it is left out."""
ROUNDS = 12
"""So many processes are started for a part of the jobs, when they end too early; one that hangs counts as three."""
SILENT = 3
"""After so many processes in a row that answered nothing, it is asked whether any would."""
KNOWN: Job = {"kind": "tex", "source": "x", "display": False}
"""What a process that is well answers."""

SECONDS = 20.0
PATIENCE = 10.0
"""Seconds without an answer after which the wait is reported."""
_PAUSE = 0.1
"""Seconds from one look at whether the answers are still wanted to the next."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Runs jobs (see node/worker.mjs) in as many processes as are worthwhile.

    seconds: a process that sends nothing for so long counts as hung and is killed.
    """

    tools: Callable[[], Toolchain]
    seconds: float = SECONDS

    @contextmanager
    def running(self, jobs: Sequence[Job], macros: Macros) -> Iterator[Iterator[JobResult | None]]:
        """Run all jobs; the context manager's value yields each job's number and result as soon as it is known.

        It yields `None` whenever nothing has arrived for ten seconds. A job that crashes or hangs its process is tried
        twice. Leaving the context early, as by Ctrl-C, ends the processes.
        """
        count = processes(len(jobs))
        numbered = list(enumerate(jobs))
        stopped = Event()
        said: SimpleQueue[JobResult | None] = SimpleQueue()

        def part(first: int) -> None:
            try:
                self._part(numbered[first::count], macros, stopped, said.put)
            finally:
                said.put(None)

        with ThreadPoolExecutor(count) as pool:
            parts = [pool.submit(part, first) for first in range(count)]
            try:
                yield _results(said, parts)
            finally:
                stopped.set()

    def _part(self, jobs: list[_Numbered], macros: Macros, stopped: Event, emit: Callable[[JobResult], None]) -> None:
        """Emit the results of successive processes; the job at which one fails goes last in the next.

        A job is to blame if its process hangs there, or repeatedly crashes on it as its first job while another process
        is healthy, so that external kills are not blamed on a job.
        """
        ends: Counter[int] = Counter()
        to_blame: set[int] = set()
        lost: list[int] = []
        todo, rounds, silent, end, well = jobs, ROUNDS, 0, "", None
        while todo and rounds > 0 and not stopped.is_set():
            said = self._process(todo, macros, stopped, emit)
            left = [job for job in todo if job[0] not in said.answered]
            for number, _ in left[:1]:
                end = said.end
                ends[number] += 1
                if said.hung or (ends[number] >= TRIES and not said.answered):
                    to_blame.add(number)
            tried = [job for job in left if job[0] in to_blame and ends[job[0]] >= TRIES]
            lost += [number for number, _ in tried]
            todo = [job for job in (*left[1:], *left[:1]) if job not in tried]
            rounds -= 3 if said.hung else 1
            silent = 0 if said.answered else silent + 1
            if (silent == 1 and said.hung) or (silent and silent % SILENT == 0):
                well = self._is_well(stopped)
                if not well:
                    break
        lost += [number for number, _ in todo]
        if lost and well is None:
            well = self._is_well(stopped)
        for number in sorted(lost):
            emit((number, JobLoss(end, bool(well) and number in to_blame)))

    def _is_well(self, stopped: Event) -> bool:
        """Return whether a process can typeset a trivial formula; none is started after cancellation."""
        if stopped.is_set():
            return False
        told: list[JobResult] = []
        self._process([(0, KNOWN)], {}, stopped, told.append)
        return any("svg" in answer for _, answer in told if not isinstance(answer, JobLoss))

    def _process(
        self, jobs: list[_Numbered], macros: Macros, stopped: Event, emit: Callable[[JobResult], None]
    ) -> _ProcessEnd:
        request = {"macros": dict(macros), "jobs": [{**job, "id": number} for number, job in jobs]}
        kinds = {number: str(job["kind"]) for number, job in jobs}
        return _talk(self.tools(), json.dumps(request).encode(), kinds, self.seconds, stopped, emit)


@dataclass(frozen=True, slots=True)
class _ProcessEnd:
    """The jobs that a process answered, and its end: a clause, and whether it hung."""

    answered: frozenset[int]
    end: str
    hung: bool


def _results(said: SimpleQueue[JobResult | None], parts: Sequence[Future[None]]) -> Iterator[JobResult | None]:
    """Yield results until all parts have finished; raises their exceptions."""
    going = len(parts)
    while going:
        try:
            one = said.get(timeout=PATIENCE)
        except Empty:
            yield None
            continue
        if one is None:
            going -= 1
        else:
            yield one
    for part in parts:
        part.result()


def processes(jobs: int) -> int:
    """Return how many processes are worthwhile for so many jobs on this machine."""
    return max(1, min(cores(), MOST_PROCESSES, math.ceil(jobs / PROCESS_PAYS_OFF)))


def _talk(
    tools: Toolchain,
    request: bytes,
    kinds: Mapping[int, str],
    seconds: float,
    stopped: Event,
    emit: Callable[[JobResult], None],
) -> _ProcessEnd:
    """Emit results as they arrive, until the process ends, is silent for too long, or is cancelled.

    kinds: of the requested jobs, by number. A process that sends an invalid answer is killed.
    """
    command = [str(tools.node), *permissions(tools), str(WORKER / "worker.mjs"), str(tools.folder)]
    answered: set[int] = set()
    with ThreadPoolExecutor(2) as beside, node_process.started(command) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        sent = beside.submit(_send, process.stdin, request)
        watch = _Watch(process=process, seconds=seconds, stopped=stopped)
        watched = beside.submit(watch.until_over)
        try:
            for number, answer in answers(process.stdout, kinds):
                watch.heard = time.monotonic()
                answered.add(number)
                emit((number, answer))
            end = _end(process.wait())
        except NoAnswerError as e:
            end = str(e)
        finally:
            watch.over.set()
            node_process.end(process)
        sent.result()
        hung = watched.result()
    return _ProcessEnd(frozenset(answered), f"it said nothing for {seconds:g} s" if hung else end, hung)


@dataclass(slots=True, kw_only=True)
class _Watch:
    """Watchdog that kills a process that is silent for `seconds`, or is cancelled.

    heard: the monotonic time of its last message. over: set when there is nothing left to watch.
    """

    process: subprocess.Popen[bytes]
    seconds: float
    stopped: Event
    heard: float = field(default_factory=time.monotonic)
    over: Event = field(default_factory=Event)

    def until_over(self) -> bool:
        """Watch; return whether the process had to be killed."""
        while not self.over.wait(_PAUSE):
            if self.stopped.is_set() or time.monotonic() - self.heard >= self.seconds:
                node_process.end(self.process)
                return True
        return False


def _send(pipe: IO[bytes], request: bytes) -> None:
    with suppress(OSError), pipe:  # what happens to an unresponsive process is handled elsewhere
        pipe.write(request)


def _end(status: int) -> str:
    names = {one.value: one.name for one in signal.Signals}
    return f"it was killed by {names.get(-status, -status)}" if status < 0 else f"it ended with status {status}"


def permissions(tools: Toolchain) -> Iterator[str]:
    """Yield Node options that permit the process to read its own code only, and to write or start nothing."""
    if tools.confines:
        yield "--permission"
        for folder in (WORKER, tools.folder / "node_modules"):
            yield from (f"--allow-fs-read={name}/*" for name in dict.fromkeys((folder, folder.resolve())))
