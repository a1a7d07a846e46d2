"""Parallel map with forked workers, which inherit the parent's state without pickling."""

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

from kejian.core.cores import cores

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_PROCESSES = 8


def spread(
    task: Callable[[Item], Result], items: Sequence[Item], weights: Sequence[int], least: int = 0
) -> list[Result]:
    """Apply `task` to each item, on all cores; results are in the order of the items.

    weights: the relative cost of each item. least: do everything in this process if the total weight is below, if this
        process has threads, or if it cannot fork. Items that a worker does not finish, because it was killed or `task`
        raised, are done in this process, where an exception propagates.
    """
    count = min(cores(), MOST_PROCESSES, len(items))
    if count < 2 or sum(weights) < least or not _may_fork():
        return [task(item) for item in items]
    done: dict[int, Result] = {}
    with suppress(OSError), _forked(task, items, _shares(weights, count)) as readers:  # no process may be had
        done |= _received(readers)
    return [done[number] if number in done else task(item) for number, item in enumerate(items)]


def _may_fork() -> bool:
    """Return whether forking is safe: not on other systems, whose libraries may have threads, nor while a lock may be
    held.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def _shares(weights: Sequence[int], count: int) -> list[list[int]]:
    """Deal the items' indices out to `count` workers, heaviest first, each to the least loaded."""
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
    """Fork a worker for each share; yield the pipes of their results. All workers end with the context."""
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
    """Block Ctrl-C here meanwhile, and in forked workers for good: the parent ends them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _received(readers: Sequence[Connection]) -> Iterator[tuple[int, Result]]:
    """Yield each item's index and result as they arrive, until all workers have ended."""
    going = list(readers)
    while going:
        ready = wait(going)
        for reader in [one for one in going if one in ready]:
            try:
                yield reader.recv()
            except (EOFError, OSError):  # the second: a worker was killed in the middle of a message
                going.remove(reader)


def _work(
    task: Callable[[Item], Result],
    items: Sequence[Item],
    share: Sequence[int],
    writer: Connection,
    readers: Sequence[Connection],
) -> None:
    """Worker: send the result of each item of the share, until one fails or the pipe is closed."""
    for reader in readers:  # else a worker whose reader was killed would go on writing
        reader.close()
    gc.freeze()  # freeze, since a garbage collection would copy the shared pages
    with suppress(Exception):
        for number in share:
            writer.send((number, task(items[number])))
