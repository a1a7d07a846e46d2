"""Runs a child process within its limits, and ends everything that it has started.

The descendants of an example are ended by its supervisor (child/kejian_family.py), which is the process that is started
here. If there is none, or it was killed, descendants that can be found are ended from here.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil

from kejian.examples.run.last_words import LastWords

_PAUSE = 0.1
"""Seconds from one look at a child's memory to the next; its end is noticed at once."""
_MEMORY = "raise `memory` in kejian.toml, or take less"
_TIME = "raise `timeout=` on the import or `seconds` in kejian.toml, or make it faster"
"""What to do about a limit that was broken."""
_GRACE = 15.0
"""Seconds that a supervisor may take to end what it watches over."""
_SAID = 1 << 16
"""Bytes at the end of what a child says on its standard error that are kept."""


class Ended(NamedTuple):
    """Why a child was ended, or ""; its status; the end of its standard error."""

    reason: str
    status: int
    said: bytes


def run(
    command: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    seconds: float,
    memory: int,
    stopped: Callable[[], bool],
) -> Ended:
    """Run a command, and end it with everything that it has started.

    folder: its working folder, unique in its environment. seconds, memory: its limits, the latter as resident bytes
        including descendants. stopped: whether the wait for it was cancelled.
    """
    said = LastWords(_SAID)
    try:
        no = subprocess.DEVNULL
        child = psutil.Popen(
            command, cwd=folder, env=environment, stdin=no, stdout=no, stderr=said.writer, start_new_session=True
        )
        try:
            reason = _wait(child, seconds, memory, stopped)
        finally:
            _end(child, folder)
    finally:
        words = said.close()
    return Ended(reason, child.returncode, words)


def _wait(child: psutil.Popen, seconds: float, memory: int, stopped: Callable[[], bool]) -> str:
    """Wait for the child; return the limit that it exceeded, or ""."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        try:
            child.wait(min(left, _PAUSE))
        except psutil.TimeoutExpired:
            if stopped():
                return "it was interrupted"
            if _resident(child) > memory:
                return f"it took more than {memory / 2**30:.1f} GiB of memory; {_MEMORY}"
        else:
            return ""
    return f"it ran longer than {seconds:g} s; {_TIME}"


def _resident(child: psutil.Popen) -> int:
    try:
        return int(sum(one.memory_info().rss for one in (child, *child.children(recursive=True))))
    except psutil.Error:  # it has just ended
        return 0


def _end(child: psutil.Popen, folder: Path) -> None:
    """End the child and its descendants, even if they ignore signals."""
    family = []
    if child.poll() is None:
        family = _family(child)
        child.terminate()
        with suppress(psutil.TimeoutExpired):
            child.wait(_GRACE if len(family) else _PAUSE)
        for one in (*_family(child), *family, child):
            with suppress(psutil.Error):
                one.kill()
        child.wait()
    if child.returncode < 0 or family:
        _sweep(str(folder))


def _family(child: psutil.Popen) -> list[psutil.Process]:
    with suppress(psutil.Error):
        return list(child.children(recursive=True))
    return []


def _sweep(folder: str) -> None:
    """End the processes whose environment names the folder, until there is none left."""
    end = time.monotonic() + _GRACE
    while (left := list(_named(folder))) and time.monotonic() < end:
        for one in left:
            with suppress(psutil.Error):
                one.kill()
        time.sleep(_PAUSE)


def _named(folder: str) -> Iterator[psutil.Process]:
    for one in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if folder in one.environ().values() and one.status() != psutil.STATUS_ZOMBIE:
                yield one
