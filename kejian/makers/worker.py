"""The Node process that typesets and draws: jobs out, answers in as they come, whatever happens to it on the way."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event
from typing import IO

from kejian.cores import cores
from kejian.makers.texmacros import Macros
from kejian.toolchain import WORKER, Toolchain

Job = Mapping[str, object]
Answer = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a job has no answer. end: what became of the process, a clause; own: it ends at this job, not at others."""

    end: str
    own: bool


Told = tuple[int, "Answer | Lost"]
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
_PAUSE = 0.1
"""Seconds from one look at whether the answers are still wanted to the next."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Runs jobs (see worker/worker.mjs) in as many processes as pay off.

    seconds: a process that says nothing for so long is stopped as hung.
    """

    tools: Callable[[], Toolchain]
    seconds: float = SECONDS

    @contextmanager
    def running(self, jobs: Sequence[Job], macros: Macros) -> Iterator[Iterator[Told]]:
        """Have all jobs done, and tell what became of each by its number, as soon as that is known.

        A job that ends or hangs the process is tried twice. Who leaves early, as by Ctrl-C, ends the processes.
        """
        count = processes(len(jobs))
        numbered = list(enumerate(jobs))
        stopped = Event()
        said: SimpleQueue[Told | None] = SimpleQueue()

        def part(first: int) -> None:
            try:
                self._part(numbered[first::count], macros, stopped, said.put)
            finally:
                said.put(None)

        with ThreadPoolExecutor(count) as pool:
            parts = [pool.submit(part, first) for first in range(count)]
            try:
                yield _told(said, parts)
            finally:
                stopped.set()

    def _part(self, jobs: list[_Numbered], macros: Macros, stopped: Event, tell: Callable[[Told], None]) -> None:
        """Tell what processes say, one after another; the job at which one ends early goes last in the next.

        A job is to blame at which a process hangs, or ends as the first thing it does and not for the first time, while
        another process is well: whoever kills them one after another kills each at another job.
        """
        ends: Counter[int] = Counter()
        own: set[int] = set()
        lost: list[int] = []
        todo, rounds, silent, end = jobs, ROUNDS, 0, ""
        while todo and rounds > 0 and not stopped.is_set():
            said = self._process(todo, macros, stopped, tell)
            left = [job for job in todo if job[0] not in said.answered]
            for number, _ in left[:1]:
                end = said.end
                ends[number] += 1
                if said.hung or (ends[number] >= TRIES and not said.answered):
                    own.add(number)
            tried = [job for job in left if job[0] in own and ends[job[0]] >= TRIES]
            lost += [number for number, _ in tried]
            todo = [job for job in (*left[1:], *left[:1]) if job not in tried]
            rounds -= 3 if said.hung else 1
            silent = 0 if said.answered else silent + 1
            if silent and silent % SILENT == 0 and not self._is_well(stopped):
                break
        lost += [number for number, _ in todo]
        well = bool(lost) and self._is_well(stopped)
        for number in lost:
            tell((number, Lost(end, well and number in own)))

    def _is_well(self, stopped: Event) -> bool:
        """Whether a process answers anything at all; none is started where nobody waits any more."""
        if stopped.is_set():
            return False
        return bool(self._process([(0, KNOWN)], {}, stopped, lambda told: None).answered)  # noqa: ARG005 -- what it is

    def _process(self, jobs: list[_Numbered], macros: Macros, stopped: Event, tell: Callable[[Told], None]) -> _Said:
        request = {"macros": dict(macros), "jobs": [{**job, "id": number} for number, job in jobs]}
        return _talk(self.tools(), json.dumps(request).encode(), self.seconds, stopped, tell)


@dataclass(frozen=True, slots=True)
class _Said:
    """The jobs that a process answered, and what became of it: a clause, and whether it hung."""

    answered: frozenset[int]
    end: str
    hung: bool


def _told(said: SimpleQueue[Told | None], parts: Sequence[Future[None]]) -> Iterator[Told]:
    """What is said until each of the parts has said that there is no more; raises what they stumbled over."""
    going = len(parts)
    while going:
        one = said.get()
        if one is None:
            going -= 1
        else:
            yield one
    for part in parts:
        part.result()


def processes(jobs: int) -> int:
    """How many processes pay off for so many jobs on this machine."""
    return max(1, min(cores(), MOST_PROCESSES, math.ceil(jobs / PROCESS_PAYS_OFF)))


def _talk(tools: Toolchain, request: bytes, seconds: float, stopped: Event, tell: Callable[[Told], None]) -> _Said:
    """Tell each answer as it comes, until the process ends, says nothing for long, or nobody waits for it any more."""
    command = [str(tools.node), *permissions(tools), str(WORKER / "worker.mjs"), str(tools.folder)]
    # NODE_OPTIONS could load other code into the process, and none of it is wanted here.
    environment = {name: value for name, value in os.environ.items() if name != "NODE_OPTIONS"}
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    with (
        ThreadPoolExecutor(2) as beside,
        subprocess.Popen(  # noqa: S603 -- our own script under the Node that was found
            command, stdin=pipe, stdout=pipe, stderr=nowhere, env=environment
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        sent = beside.submit(_send, process.stdin, request)
        watch = _Watch(process, seconds, stopped)
        watched = beside.submit(watch.until_over)
        answered = set()
        try:
            for number, answer in _answers(process.stdout):
                watch.heard = time.monotonic()
                answered.add(number)
                tell((number, answer))
            status = process.wait()
        except BaseException:
            process.kill()
            raise
        finally:
            watch.over.set()
        sent.result()
        hung = watched.result()
    return _Said(frozenset(answered), f"it said nothing for {seconds:g} s" if hung else _end(status), hung)


@dataclass(slots=True)
class _Watch:
    """Ends a process that says nothing for `seconds`, or that nobody waits for any more.

    heard: when it last said something, by the clock that never goes back. over: set when there is nothing to watch.
    """

    process: subprocess.Popen[bytes]
    seconds: float
    stopped: Event
    heard: float = field(default_factory=time.monotonic)
    over: Event = field(default_factory=Event)

    def until_over(self) -> bool:
        """Whether the process had to be ended."""
        while not self.over.wait(_PAUSE):
            if self.stopped.is_set() or time.monotonic() - self.heard >= self.seconds:
                self.process.kill()
                return True
        return False


def _send(pipe: IO[bytes], request: bytes) -> None:
    with suppress(OSError), pipe:  # what becomes of a process that does not listen is seen elsewhere
        pipe.write(request)


def _end(status: int) -> str:
    names = {one.value: one.name for one in signal.Signals}
    return f"it was killed by {names.get(-status, -status)}" if status < 0 else f"it ended with status {status}"


def permissions(tools: Toolchain) -> Iterator[str]:
    """Options under which the process reads its own code and nothing else, writes nothing and starts nothing."""
    if tools.confines:
        yield "--permission"
        for folder in (WORKER, tools.folder / "node_modules"):
            yield from (f"--allow-fs-read={name}/*" for name in dict.fromkeys((folder, folder.resolve())))


def _answers(output: Iterable[bytes]) -> Iterator[tuple[int, Answer]]:
    """The complete lines of the output; one without a line feed was cut off."""
    for line in output:
        if line.endswith(b"\n"):
            answer = json.loads(line)
            yield answer["id"], answer
