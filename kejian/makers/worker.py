"""The Node process that typesets and draws: batches out, answers in, whatever happens to it on the way."""

from __future__ import annotations

import json
import math
import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

from kejian.makers.texmacros import Macros
from kejian.toolchain import WORKER, Toolchain

Job = Mapping[str, object]
Answer = Mapping[str, object]

PROCESS_PAYS_OFF = 150
"""So many jobs take about as long as one more process takes to start."""

MOST_PROCESSES = 4
ROUNDS = 4
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

    def run(self, jobs: Sequence[Job], macros: Macros) -> list[Answer | None]:
        """An answer for each job, in their order; None for a job that kills or hangs the process, tried twice."""
        count = _processes(len(jobs))
        numbered = list(enumerate(jobs))
        stopped = Event()
        with ThreadPoolExecutor(count) as pool:
            try:
                parts = pool.map(lambda i: self._part(numbered[i::count], macros, stopped), range(count))
                found = {number: answer for part in parts for number, answer in part.items()}
            finally:
                stopped.set()  # Ctrl-C ends the processes; nothing is to start them again
        return [found.get(number) for number, _ in numbered]

    def _part(self, jobs: list[tuple[int, Job]], macros: Macros, stopped: Event) -> dict[int, Answer]:
        """What one process answers; when it stops early, the job it stopped at goes last and the rest runs again."""
        found: dict[int, Answer] = {}
        for _ in range(ROUNDS):
            todo = [job for job in jobs if job[0] not in found]
            if not todo or stopped.is_set():
                break
            before = len(found)
            found.update(self._process(todo, macros, stopped))
            left = [job for job in todo if job[0] not in found]
            jobs = [*left[1:], *left[:1]]
            if len(found) == before and len(left) == 1 and left[0] == todo[-1]:
                break
        return found

    def _process(self, jobs: list[tuple[int, Job]], macros: Macros, stopped: Event) -> Iterator[tuple[int, Answer]]:
        request = {"macros": dict(macros), "jobs": [{**job, "id": number} for number, job in jobs]}
        limit = self.start_seconds + self.job_seconds * len(jobs)
        yield from _answers(_talk(self.tools(), json.dumps(request).encode(), limit, stopped))


def _processes(jobs: int) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, MOST_PROCESSES, math.ceil(jobs / PROCESS_PAYS_OFF)))


def _talk(tools: Toolchain, request: bytes, seconds: float, stopped: Event) -> bytes:
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
                return process.communicate(unsent, _PAUSE)[0]
            except subprocess.TimeoutExpired:
                unsent = None  # it goes on being sent
        process.kill()
        return process.communicate()[0]


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
