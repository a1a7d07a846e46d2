"""A child process within its limits, and the end of it and of all that it has started."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

_PAUSE = 0.1
"""Seconds from one look at a child's memory to the next; its end is noticed at once."""


def run(
    command: Sequence[str],
    environment: Mapping[str, str],
    errors: Path,
    seconds: float,
    memory: int,
    stopped: Callable[[], bool],
) -> tuple[str, int]:
    """Run a command; why it was ended, or nothing, and its status.

    errors: the file for what goes wrong, in the folder where it runs. seconds, memory: what it may take, the latter as
    resident bytes with those that it starts. stopped: whether nobody waits for it any more.
    """
    with errors.open("wb") as stderr:
        no = subprocess.DEVNULL
        child = psutil.Popen(
            command, cwd=errors.parent, env=environment, stdin=no, stdout=no, stderr=stderr, start_new_session=True
        )
    try:
        reason = _wait(child, seconds, memory, stopped)
    finally:
        _kill(child)
    return reason, child.returncode


def _wait(child: psutil.Popen, seconds: float, memory: int, stopped: Callable[[], bool]) -> str:
    """Wait for the child; the limit it broke, or nothing."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        try:
            child.wait(min(left, _PAUSE))
        except psutil.TimeoutExpired:
            if stopped():
                return "it was interrupted"
            if _resident(child) > memory:
                return f"it took more than {memory / 2**30:.1f} GiB of memory"
        else:
            return ""
    return f"it ran longer than {seconds:g} s; raise `timeout=` on the import, or make it faster"


def _resident(child: psutil.Popen) -> int:
    try:
        return int(sum(one.memory_info().rss for one in (child, *child.children(recursive=True))))
    except psutil.Error:  # it has just ended
        return 0


def _kill(child: psutil.Popen) -> None:
    """End the child and what it started, also when it ignores being asked."""
    if child.poll() is not None:
        return
    try:
        family = [*child.children(recursive=True), child]
    except psutil.Error:
        family = []
    if hasattr(os, "killpg"):  # also those whose parents have ended; the child is still there, so the group is its own
        with suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL)
    for one in family:
        try:
            one.kill()
        except psutil.Error:
            continue
    child.wait()
