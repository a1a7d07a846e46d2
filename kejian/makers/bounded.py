"""Runs tasks that may never end, each piece of work under a time limit.

In a main thread an alarm interrupts a piece, even within a regular expression. In other threads, as in a preview, and
on systems without alarms, the pieces run in a process of their own, which is killed on timeout.
"""

from __future__ import annotations

import gc
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import IO, Any, TypeVar

Piece = TypeVar("Piece")

_BUSY = 60.0
"""Seconds by the clock on the wall, besides the limit, after which a process that has not answered is killed."""
_END = object()
_SCRIPT = "import sys; sys.path[:] = sys.argv[1:]; from kejian.makers.bounded import work; work()"


def bounded(task: Callable[[Piece], str], pieces: Sequence[Piece], seconds: float) -> Iterator[str | None]:
    """Apply `task`, a module-level function, to each piece in order; `None` for one that exceeds the limit.

    seconds: of processor time, so that a busy machine makes no difference.
    """
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        return (_timed(task, piece, seconds) for piece in pieces)
    return _elsewhere(task, pieces, seconds)


def apart(task: Callable[[Piece], str], pieces: Sequence[Piece], seconds: float) -> Iterator[str | None]:
    """Apply `task` as `bounded` does, in a process of its own whatever the thread: `None` as well where that dies."""
    return _elsewhere(task, pieces, seconds)


def _timed(task: Callable[[Piece], str], piece: Piece, seconds: float) -> str | None:
    with _alarm(seconds) as rung, suppress(TimeoutError):
        made = task(piece)
        return None if rung else made  # a task that caught the timeout has no valid result
    return None


@contextmanager
def _alarm(seconds: float) -> Iterator[list[int]]:
    """Raise `TimeoutError` after `seconds`, and again each second in case it is caught; yields the alarms that fired.

    Garbage collection is off meanwhile, since an exception in a function that the collector calls is lost.
    """
    rung: list[int] = []

    def ring(number: int, _frame: object) -> None:
        rung.append(number)
        raise TimeoutError

    collects = gc.isenabled()
    before = signal.signal(signal.SIGPROF, ring)
    try:
        gc.disable()
        signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
        yield rung
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        if collects:
            gc.enable()


def _elsewhere(task: Callable[[Piece], str], pieces: Sequence[Piece], seconds: float) -> Iterator[str | None]:
    """Process the pieces in a worker process; one that hangs is killed with it, and the rest get a new one."""
    left = list(pieces)
    while left:
        for made in _process(task, tuple(left), seconds):
            left.pop(0)
            yield made
        if left:
            left.pop(0)
            yield None


def _process(task: Callable[[Piece], str], pieces: Sequence[Piece], seconds: float) -> Iterator[str | None]:
    """Yield a worker's results, up to the piece at which it hangs or dies."""
    command = [sys.executable, "-X", "utf8", "-c", _SCRIPT, *sys.path]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:  # noqa: S603 -- this module
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(OSError), process.stdin as asked:
                asked.write(pickle.dumps((task, pieces, seconds)))
            made = _read(process.stdout)
            with suppress(Empty):
                while (answer := made.get(timeout=seconds + _BUSY)) is not _END:
                    yield answer
        finally:
            process.kill()


def _read(output: IO[bytes]) -> SimpleQueue[Any]:
    """Queue the messages of a process as they arrive, and finally `_END`."""
    made: SimpleQueue[Any] = SimpleQueue()

    def read() -> None:
        with suppress(OSError, EOFError, pickle.UnpicklingError, ValueError):
            while True:
                made.put(pickle.load(output))  # noqa: S301 -- of the process that was started here
        made.put(_END)

    threading.Thread(target=read, daemon=True).start()
    return made


def work() -> None:
    """Worker: process the pieces that arrive on standard input, and send the results."""
    task, pieces, seconds = pickle.load(sys.stdin.buffer)  # noqa: S301 -- of the process that started this one
    for made in bounded(task, pieces, seconds):
        pickle.dump(made, sys.stdout.buffer)
        sys.stdout.buffer.flush()
