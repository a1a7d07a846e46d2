"""What keeps an example within bounds: what it may do, that it runs the text that is there, and when it must end.

Part of child.py, and like it imports nothing of kejian and little of anything else.
"""

# ruff: noqa: PTH118, PTH119 -- pathlib is one of the things that it does without

from __future__ import annotations

import _thread
import contextlib
import importlib.machinery
import os
import signal
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_FORBIDDEN = {
    "socket.connect": "the network",
    "socket.getaddrinfo": "the network",
    "socket.bind": "the network",
    "socket.sendto": "the network",
    "os.system": "a shell",
    "os.exec": "another program",
    "os.posix_spawn": "another program",
    "os.spawn": "another program",
    "subprocess.Popen": "another program",
}
_PROBES = ("uname", "ldconfig", "gcc", "cc", "ld", "lscpu", "lsb_release", "sysctl", "fc-list")
"""Programs that the standard library and its friends ask for a machine's particulars; asking fails, and no harm."""


_INSTALLED = tuple(
    os.path.realpath(folder) + os.sep
    for folder in (sys.prefix, sys.base_prefix, "/usr", "/lib", "/etc", "/proc", "/sys", "/dev", "/bin", "/opt")
)


class ForbiddenError(PermissionError):
    """An example reached for something that a build does not allow."""


class Watch:
    """The audit hook: notes files that are read, refuses what examples may not do. It cannot be taken off again."""

    def __init__(self) -> None:
        self.reads: set[str] = set()
        self.on = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Called by the interpreter for each event."""
        if not self.on:
            return
        if event == "open":
            self._opened(arguments)
        elif event in _FORBIDDEN:
            self._refuse(event, arguments)

    def _opened(self, arguments: tuple[Any, ...]) -> None:
        path, mode, flags = arguments
        writes = (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if isinstance(path, str | bytes | os.PathLike) and not writes and not (mode and "r" not in mode):
            with contextlib.suppress(OSError, ValueError):
                self._note(os.path.realpath(os.fsdecode(path)))

    def _note(self, path: str) -> None:
        """Remember a file, unless it is code or belongs to Python or to the system, whose versions are in the key."""
        if not path.endswith((".py", ".pyc", ".so", ".pyd")) and not path.startswith(_INSTALLED):
            self.reads.add(path)

    def _refuse(self, event: str, arguments: tuple[Any, ...]) -> None:
        program = os.path.basename(str(arguments[0] if arguments else ""))
        if event == "subprocess.Popen" and program in _PROBES:
            raise FileNotFoundError(program)
        reached = f"{event} {program}".rstrip()
        raise ForbiddenError(f"an example may not use {_FORBIDDEN[event]} ({reached})")


class _Source(importlib.machinery.SourceFileLoader):
    """Loads a module of the course from its text, never from `__pycache__`.

    Bytecode is known by its source's time in seconds and size: after an edit in the same second, or under a clock that
    was set back, it would show what the code did before.
    """

    def path_stats(self, path: str) -> dict[str, Any]:
        raise OSError(path)


def load_texts(root: str) -> None:
    """Let modules below `root`, but for what is installed there, be loaded from their texts."""
    machinery = importlib.machinery
    loaders = (machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES), (_Source, machinery.SOURCE_SUFFIXES)

    def hook(folder: str) -> machinery.FileFinder:
        if not os.path.join(folder, "").startswith(root + os.sep) or folder.startswith(_INSTALLED):
            raise ImportError(folder)
        return machinery.FileFinder(folder, *loaders)

    sys.path_hooks.insert(0, hook)


def end_with(parent: int) -> None:
    """End, with all that the example has started, when the process `parent` is gone, which waits for an answer."""
    if hasattr(os, "killpg"):
        _thread.start_new_thread(_end_with, (parent,))


def _end_with(parent: int) -> None:  # pragma: no cover -- it ends the process, and what that has counted
    while os.getppid() == parent:
        time.sleep(0.5)
    os.killpg(0, signal.SIGKILL)
