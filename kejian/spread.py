"""One task for many files, on all cores: each process is forked from this one, and so knows all that this one knows."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TypeVar

from kejian.cores import cores

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_PROCESSES = 8


def spread(
    task: Callable[[Item], Result], items: Sequence[Item], weights: Sequence[int], least: int = 0
) -> list[Result]:
    """What `task` makes of each item, in their order.

    weights: how long each takes, in any unit. least: less than this in all is done right here, and so is everything
    where no process can be forked, or this one has threads. What a process does not finish, whether it was killed or
    `task` raised an exception there, is done here as well, and fails here as it always would.
    """
    count = min(cores(), MOST_PROCESSES, len(items))
    if count < 2 or sum(weights) < least or not _may_fork():
        return [task(item) for item in items]
    done: dict[int, Result] = {}
    with suppress(OSError), _forked(task, items, _shares(weights, count)) as readers:  # no process may be had
        done |= _told(readers)
    return [done[number] if number in done else task(item) for number, item in enumerate(items)]


def _may_fork() -> bool:
    """Elsewhere a system's libraries may have threads of their own; and a lock that a thread holds stays held."""
    return sys.platform == "linux" and threading.active_count() == 1


def _shares(weights: Sequence[int], count: int) -> list[list[int]]:
    """The numbers of the items dealt out, the heaviest first, each to whom has least to do."""
    shares: list[list[int]] = [[] for _ in range(count)]
    totals = [0] * count
    for number in sorted(range(len(weights)), key=lambda n: -weights[n]):
        lightest = totals.index(min(totals))
        shares[lightest].append(number)
        totals[lightest] += weights[number]
    return shares


@contextmanager
def _forked(
    task: Callable[[Item], Result], items: Sequence[Item], shares: Sequence[Sequence[int]]
) -> Iterator[list[Connection]]:
    """A process for each share, and where it is heard; they are ended by whoever leaves."""
    context = get_context("fork")
    readers: list[Connection] = []
    processes = []
    try:
        with _undisturbed():
            for share in shares:
                reader, writer = context.Pipe(duplex=False)
                readers.append(reader)
                process = context.Process(target=_work, args=(task, items, share, writer, readers))
                process.start()
                processes.append(process)
                writer.close()
        yield readers
    finally:
        for process in processes:
            process.kill()
            process.join()
        for reader in readers:
            reader.close()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits; for a process that is forked meanwhile it waits for ever: the one that forked it ends it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _told(readers: Sequence[Connection]) -> Iterator[tuple[int, Result]]:
    """The number of each item with its result, as they come, until all processes have ended."""
    going = list(readers)
    while going:
        ready = wait(going)
        for reader in [one for one in going if one in ready]:
            try:
                yield reader.recv()
            except (EOFError, OSError):  # the second: it was killed in the middle of an answer
                going.remove(reader)


def _work(
    task: Callable[[Item], Result],
    items: Sequence[Item],
    share: Sequence[int],
    writer: Connection,
    readers: Sequence[Connection],
) -> None:
    """Send the result of each item of the share, until one fails or nobody listens any more."""
    for reader in readers:  # were these open here, a process whose listener was killed would go on writing
        reader.close()
    gc.freeze()  # what is shared stays shared: looking through it would copy it
    with suppress(Exception):
        for number in share:
            writer.send((number, task(items[number])))
