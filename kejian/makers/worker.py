"""The Node process that typesets and draws: batches out, answers in, whatever happens to it on the way."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

from kejian.makers.texmacros import Macros
from kejian.toolchain import WORKER, Toolchain

Job = Mapping[str, object]
Answer = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a job has no answer. end: what became of the process, a clause; own: it ends at this job, not at others."""

    end: str
    own: bool


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

START_SECONDS = 20.0
JOB_SECONDS = 0.1
_PAUSE = 0.1
"""Seconds from one look at whether the answers are still wanted to the next; they are taken at once."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Runs jobs (see worker/worker.mjs) in as many processes as pay off.

    start_seconds, job_seconds: a process gets `start_seconds + job_seconds × jobs` before it is stopped as hung.
    """

    tools: Callable[[], Toolchain]
    start_seconds: float = START_SECONDS
    job_seconds: float = JOB_SECONDS

    def run(self, jobs: Sequence[Job], macros: Macros) -> list[Answer | Lost]:
        """What became of each job, in their order; a job that ends or hangs the process is tried twice."""
        count = _processes(len(jobs))
        numbered = list(enumerate(jobs))
        stopped = Event()
        with ThreadPoolExecutor(count) as pool:
            try:
                parts = pool.map(lambda i: self._part(numbered[i::count], macros, stopped), range(count))
                found = {number: answer for part in parts for number, answer in part.items()}
            finally:
                stopped.set()  # Ctrl-C ends the processes; nothing is to start them again
        return [found[number] for number, _ in numbered]

    def _part(self, jobs: list[tuple[int, Job]], macros: Macros, stopped: Event) -> dict[int, Answer | Lost]:
        """What processes say, one after another; when one ends early, the job it ended at goes last in the next.

        A job is to blame at which a process hangs, or ends as the first thing it does and not for the first time, while
        another process is well: whoever kills them one after another kills each at another job.
        """
        found: dict[int, Answer] = {}
        ends: Counter[int] = Counter()
        own: set[int] = set()
        todo, rounds, silent, end = jobs, ROUNDS, 0, ""
        while todo and rounds > 0 and not stopped.is_set():
            said = self._process(todo, macros, stopped)
            answers = dict(_answers(said.output))
            found |= answers
            left = [job for job in todo if job[0] not in answers]
            for number, _ in left[:1]:
                end = said.end
                ends[number] += 1
                if said.hung or (ends[number] >= TRIES and not answers):
                    own.add(number)
            todo = [job for job in (*left[1:], *left[:1]) if job[0] not in own or ends[job[0]] < TRIES]
            rounds -= 3 if said.hung else 1
            silent = 0 if answers else silent + 1
            if silent and silent % SILENT == 0 and not self._is_well(stopped):
                break
        lost = [number for number, _ in jobs if number not in found]
        well = bool(lost) and self._is_well(stopped)
        return found | {number: Lost(end, well and number in own) for number in lost}

    def _is_well(self, stopped: Event) -> bool:
        """Whether a process answers anything at all."""
        return bool(dict(_answers(self._process([(0, KNOWN)], {}, stopped).output)))

    def _process(self, jobs: list[tuple[int, Job]], macros: Macros, stopped: Event) -> _Said:
        request = {"macros": dict(macros), "jobs": [{**job, "id": number} for number, job in jobs]}
        limit = self.start_seconds + self.job_seconds * len(jobs)
        return _talk(self.tools(), json.dumps(request).encode(), limit, stopped)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a process wrote, and what became of it: whether it hung, and a clause."""

    output: bytes
    end: str
    hung: bool = False


def _processes(jobs: int) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, MOST_PROCESSES, math.ceil(jobs / PROCESS_PAYS_OFF)))


def _talk(tools: Toolchain, request: bytes, seconds: float, stopped: Event) -> _Said:
    """What the process wrote before it ended, time was up, or nobody waited for it any more."""
    command = [str(tools.node), *permissions(tools), str(WORKER / "worker.mjs"), str(tools.folder)]
    # NODE_OPTIONS could load other code into the process, and none of it is wanted here.
    environment = {name: value for name, value in os.environ.items() if name != "NODE_OPTIONS"}
    end = time.monotonic() + seconds
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 -- our own script under the Node that was found
        command, stdin=pipe, stdout=pipe, stderr=nowhere, env=environment
    ) as process:
        unsent: bytes | None = request
        while not stopped.is_set() and time.monotonic() < end:
            try:
                return _Said(process.communicate(unsent, _PAUSE)[0], _end(process.returncode))
            except subprocess.TimeoutExpired:
                unsent = None  # it goes on being sent
        process.kill()
        return _Said(process.communicate()[0], f"it was not done after {seconds:g} s", hung=True)


def _end(status: int) -> str:
    names = {one.value: one.name for one in signal.Signals}
    return f"it was killed by {names.get(-status, -status)}" if status < 0 else f"it ended with status {status}"


def permissions(tools: Toolchain) -> Iterator[str]:
    """Options under which the process reads its own code and nothing else, writes nothing and starts nothing."""
    if tools.confines:
        yield "--permission"
        for folder in (WORKER, tools.folder / "node_modules"):
            yield from (f"--allow-fs-read={name}/*" for name in dict.fromkeys((folder, folder.resolve())))


def _answers(output: bytes) -> Iterator[tuple[int, Answer]]:
    """The complete lines of the output; what follows the last line feed was cut off."""
    for line in output.split(b"\n")[:-1]:
        answer = json.loads(line)
        yield answer["id"], answer
