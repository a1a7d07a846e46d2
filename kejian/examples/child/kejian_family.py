"""The supervisor between a build and an example: it ends with the build, and nothing the example started outlives it.

On systems with subreapers (Linux), orphaned descendants become the supervisor's children, so that daemons are found as
well; elsewhere the process group of the example is ended. Part of child.py: imports nothing of kejian and little else.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SET_PDEATHSIG, _SET_CHILD_SUBREAPER = 1, 36
_LOOK = 0.5
"""Seconds from one look at whether the build is still there to the next, where no signal says so."""
_PAUSE = 0.005
_LONGEST = 10.0
"""Seconds after which what cannot be ended is left alone: a process that waits for a broken disk, for one."""


def supervised(parent: int) -> tuple[int, Callable[[], None]]:
    """Fork; in the example's process, return the supervisor's id, or `parent` if there can be none.

    Also return a function that waits until the supervisor is watching, to be called before any code of the course runs.

    The supervisor never returns. It waits for the example or for the end of the process `parent`, ends everything left
    of the example, and exits as the example did.
    """
    if not hasattr(os, "fork"):
        return parent, lambda: None
    supervisor = os.getpid()
    reader, writer = os.pipe()
    heard = {signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP, signal.SIGINT}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, heard)
    child = os.fork()
    if child == 0:
        os.setsid()  # a group of its own, so that it can be ended without the supervisor's
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(writer)
        return supervisor, lambda: _wait_for(reader)
    with contextlib.suppress(BaseException):
        os.close(reader)
        _adopt()
        os.write(writer, b".")
        os.close(writer)
        _end_as(_waited(child, parent, heard), child)
    os._exit(1)


def _wait_for(reader: int) -> None:
    if not os.read(reader, 1):  # it has been killed
        os._exit(1)
    os.close(reader)


def _adopt() -> None:
    """Become the subreaper of the example's processes, and request a signal when the build ends."""
    if sys.platform == "linux":
        import ctypes

        libc = ctypes.CDLL(None)
        libc.prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        libc.prctl(_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)


def _waited(child: int, parent: int, heard: set[signal.Signals]) -> int:
    """Return the example's status; that of a killed process if the build ends first, or asks for it."""
    while os.getppid() == parent:
        found, status = os.waitpid(-1, os.WNOHANG)
        if found == child:
            return status
        if found == 0 and _signal(heard) not in (None, signal.SIGCHLD):
            break
    return int(signal.SIGKILL)


def _signal(heard: set[signal.Signals]) -> int | None:
    """Return the next signal, if one arrives soon."""
    if not hasattr(signal, "sigtimedwait"):  # pragma: no cover -- macOS
        time.sleep(_PAUSE)
        return next(iter(signal.sigpending() & heard - {signal.SIGCHLD}), None)
    found = signal.sigtimedwait(heard, _LOOK)
    return found.si_signo if found else None


def _end_as(status: int, child: int) -> None:
    """End everything that is left, then exit as the example did."""
    end_all(child)
    if os.WIFSIGNALED(status):
        import resource

        number = os.WTERMSIG(status)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        os.kill(os.getpid(), number)
    os._exit(os.WEXITSTATUS(status))


def end_all(child: int) -> None:
    """End the process group of the example, and every descendant of this process, until none is left."""
    end = time.monotonic() + _LONGEST
    _kill_group(child)
    while _any_left() and time.monotonic() < end:
        for pid in list(_descendants()):
            with contextlib.suppress(OSError):
                _kill_group(os.getpgid(pid))  # all at once, so that none of a group has time to start another
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(_PAUSE)


def _kill_group(group: int) -> None:
    if group not in (os.getpgrp(), 0):
        with contextlib.suppress(OSError):  # none is left
            os.killpg(group, signal.SIGKILL)


def _any_left() -> bool:
    """Return whether this process has running children; reaps those that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def _descendants() -> Iterator[int]:
    """Yield the processes that descend from this one, as far as the system lists them."""
    parents = dict(_parents())
    for pid in parents:
        above, steps = parents[pid], 0
        while above in parents and above != os.getpid() and steps < len(parents):
            above, steps = parents[above], steps + 1
        if above == os.getpid():
            yield pid


def _parents() -> Iterator[tuple[int, int]]:
    """Yield each process with its parent."""
    with contextlib.suppress(OSError):  # no /proc: macOS
        for name in os.listdir("/proc"):  # noqa: PTH208 -- pathlib is one of the things that this does without
            if name.isdigit() and (parent := parent_of(int(name))):
                yield int(name), parent


def parent_of(pid: int) -> int:
    """Return the parent of a process; 0 if it has none, does not exist, or the system does not list it."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123 -- as above
            return int(file.read().rpartition(b")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return 0
