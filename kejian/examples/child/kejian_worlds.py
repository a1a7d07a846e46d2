"""Runs calls that share nothing but a module's import: each in a fork of one process that has imported it.

A fork has only the thread that made it. If the import has started threads, as TensorFlow does once it computes, each
call imports the module itself. Part of child.py: imports nothing of kejian.
"""

# ruff: noqa: PTH118, PTH123, PTH208 -- pathlib is one of the things that this does without

from __future__ import annotations

import json
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Answer = dict[str, Any]

_UNFIT = 3
"""The status of a process that no call can be forked from."""


def answered(
    count: int, load: Callable[[], str], answer: Callable[[int, str | None], Answer], out: str
) -> list[Answer]:
    """Answer `count` calls that do not affect each other.

    load: imports what they share; returns what that prints. answer: answers a call, given what the import printed, or
        `None` if the call has to import. out: a folder for the processes' messages.
    """
    if count == 1 or not hasattr(os, "fork"):
        return [answer(number, None) for number in range(count)]

    def alone(number: int, printed: str | None) -> bool:
        return _forked(lambda: _write(out, number, answer(number, printed)))

    if _forked(lambda: _world(count, load, alone)):
        for number in range(count):
            if not os.path.lexists(os.path.join(out, f"{number}.json")):
                alone(number, None)
    return [_read(out, number) or _killed() for number in range(count)]


def _world(count: int, load: Callable[[], str], alone: Callable[[int, str | None], bool]) -> None:
    try:
        printed = load()
    except BaseException:  # each call reports it
        os._exit(_UNFIT)
    if not _is_single():
        os._exit(_UNFIT)
    for number in range(count):
        alone(number, printed)


def _is_single() -> bool:
    """Return whether this process has one thread only, as far as the system shows."""
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:  # macOS, whose frameworks do not survive a fork
        return False


def _forked(act: Callable[[], None]) -> bool:
    """Run a function in a fork of this process, and wait for it; return whether it failed."""
    pid = os.fork()
    if pid == 0:
        try:
            act()
        except BaseException:  # a full disk, for one: what comes after this is for the other process to do
            os._exit(1)
        os._exit(0)
    return os.waitpid(pid, 0)[1] != 0


def _write(out: str, number: int, answer: Answer) -> None:
    aside = os.path.join(out, f"{number}.new")
    with open(aside, "w", encoding="utf-8") as file:
        json.dump(answer, file, ensure_ascii=False)
    os.replace(aside, os.path.join(out, f"{number}.json"))  # noqa: PTH105 -- as above


def _read(out: str, number: int) -> Answer | None:
    try:
        with open(os.path.join(out, f"{number}.json"), encoding="utf-8") as file:
            found: Answer = json.load(file)
    except (OSError, ValueError):
        return None
    return found


def _killed() -> Answer:
    message = "the process ended without an answer"
    error = {"type": "Killed", "types": ["Killed"], "message": message, "trace": "", "notes": []}
    nothing: Answer = {"value": None, "pictures": [], "printed": "", "seconds": 0.0, "reads": [], "more_reads": 0}
    return nothing | {"error": error, "trace": {}}
