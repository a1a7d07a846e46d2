"""Confinement of examples: what they may do, that they run the current source, and when they must end.

Part of child.py: imports nothing of kejian and little else.
"""

# ruff: noqa: PTH100, PTH112, PTH118, PTH119, PTH120 -- pathlib is one of the things that it does without

from __future__ import annotations

import _thread
import contextlib
import os
import re
import signal
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING or __package__:
    from typing import Any

    from kejian.examples.child.kejian_family import parent_of
    from kejian.examples.child.kejian_outputs import READS, plain
    from kejian.examples.child.kejian_trace import ProcessTrace
else:  # the folder of a script is on its path
    from kejian_family import parent_of
    from kejian_outputs import READS, plain

_FORBIDDEN = {
    "socket.connect": "the network",
    "socket.getaddrinfo": "the network",
    "socket.gethostbyname": "the network",
    "socket.gethostbyaddr": "the network",
    "socket.getnameinfo": "the network",
    "socket.bind": "the network",
    "socket.sendto": "the network",
    "os.system": "a shell",
    "os.exec": "another program",
    "os.posix_spawn": "another program",
    "os.spawn": "another program",
    "os.startfile": "another program",
    "pty.spawn": "another program",
    "subprocess.Popen": "another program",
}
_CHANGES = {
    "os.chmod": 1,
    "os.chown": 1,
    "os.link": 2,
    "os.mkdir": 1,
    "os.remove": 1,
    "os.rename": 2,
    "os.rmdir": 1,
    "os.truncate": 1,
    "os.utime": 1,
}
"""What changes files: how many of its first arguments are paths. `os.symlink` is followed when something is written."""
_SIGNALS = ("os.kill", "os.killpg")
_SECRET = re.compile(r"/proc/(\d+)/(?:task/\d+/)?(?:environ|mem)")
_PROBES = ("uname", "ldconfig", "gcc", "cc", "ld", "lscpu", "lsb_release", "sysctl", "fc-list")
"""Programs that the standard library and its friends ask for a machine's particulars; asking fails, and no harm."""


class ForbiddenError(PermissionError):
    """An example attempted something that a build does not permit."""


class AuditHook:
    """Audit hook that records files that are read, and denies what examples may not do. It cannot be removed.

    It protects against accidents, not against hostile code, which can bypass it by `ctypes` for one.
    """

    def __init__(self, trace: ProcessTrace) -> None:
        self.trace = trace
        self.reads = trace.reads
        self.more = 0
        self._supervisor = 0
        self._folders: tuple[str, ...] = ()
        self._kept: tuple[str, ...] = ()

    def confine(self, supervisor: int, folders: list[str], kept: tuple[str, ...] = ()) -> None:
        """Restrict the example to signals to processes below `supervisor`, and to writes into `folders`.

        kept: folders in which examples keep what other examples use.
        """
        self._supervisor = supervisor
        self._kept = tuple(os.path.join(os.path.realpath(folder), "") for folder in kept)
        self._folders = (*(os.path.join(os.path.realpath(folder), "") for folder in folders), "/dev/", "/proc/self/")

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Handle an audit event of the interpreter."""
        if not self.trace.on:
            return
        if event == "open":
            self._opened(arguments)
        elif event in ("os.listdir", "os.scandir"):
            self.trace.look_into(arguments[0])
        elif event == "sqlite3.connect":
            self._connected(arguments[0])
        elif event in _FORBIDDEN or event == "socket.sendmsg":
            self._refuse(event, arguments)
        elif event in _CHANGES:
            for path in arguments[: _CHANGES[event]]:
                self._written(event, path)
        elif event in _SIGNALS:
            self._signalled(event, arguments)

    def _opened(self, arguments: tuple[Any, ...]) -> None:
        path, mode, flags = arguments
        if not isinstance(path, str | bytes | os.PathLike):
            return
        flags = flags or 0
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) or (mode and "r" not in mode):
            self._written("open", path)
            if flags & (os.O_WRONLY | os.O_TRUNC) or (mode and "r" not in mode):
                return
        with contextlib.suppress(ValueError):
            real = _real(path)
            self.trace.follow(os.path.abspath(os.fsdecode(path)), real)
            self._note(real)

    def _connected(self, database: object) -> None:
        """Record a database as a file, by its path or by an address such as `file:data/a.db?mode=ro`."""
        if isinstance(database, str | bytes | os.PathLike):
            name = os.fsdecode(database)
            self._note(_real(name.removeprefix("file:").partition("?")[0] if name.startswith("file:") else name))

    def _note(self, path: str) -> None:
        """Record a file, unless it is a module being loaded, or belongs to Python or the system.

        Versions of the latter are in the key. The text of a module is recorded if it is read as data.
        """
        if (found := _SECRET.fullmatch(path)) and int(found[1]) != os.getpid():
            raise ForbiddenError(f"an example may not look into another process ({path})")
        if self._is_kept(path):
            self.trace.whole = True  # it may have been made by code that does not run now
        if path.endswith((".so", ".pyd")) or self.trace.installed(path) or path in self.reads:
            return
        if path.endswith((".py", ".pyc")):
            self._read_text(path)
        elif len(self.reads) < READS:
            self.reads.add(path)
        else:
            self.more += 1

    def _is_kept(self, path: str) -> bool:
        """Return whether another example, or a program outside the course, may have created the file."""
        if path.startswith(self._kept):
            return not path.endswith("keras.json")
        ours = (self.trace.root, *self._folders)
        return not (path.startswith(ours) or self.trace.installed(path))

    def _read_text(self, path: str) -> None:
        if path.endswith(".pyc"):
            folder, name = os.path.split(path)
            path = os.path.join(os.path.dirname(folder), f"{name.partition('.')[0]}.py")
        inside = self.trace.inside(path)
        if inside and not self.trace.loading and not _warns():
            self.trace.texts.add(plain(inside))

    def _written(self, event: str, path: object) -> None:
        if not self._folders or not isinstance(path, str | bytes | os.PathLike):
            return
        with contextlib.suppress(ValueError):
            real = _real(path)
            if not os.path.join(real, "").startswith(self._folders):
                where = "write into the folder that `tempfile.gettempdir()` names"
                raise ForbiddenError(
                    f"an example may not change files outside its own folder ({event} {real}); {where}"
                )

    def _signalled(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._supervisor and _is_foreign(int(arguments[0]), self._supervisor):
            raise ForbiddenError(f"an example may not signal processes that it did not start ({event} {arguments[0]})")

    def _refuse(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.sendmsg" and _is_beside(*arguments):
            return
        program = os.path.basename(str(arguments[0] if arguments else ""))
        if event == "subprocess.Popen" and program in _PROBES:
            raise FileNotFoundError(program)
        reached = f"{event} {program}".rstrip()
        raise ForbiddenError(f"an example may not use {_FORBIDDEN.get(event, 'the network')} ({reached})")


def _real(path: str | bytes | os.PathLike[str]) -> str:
    try:
        return os.path.realpath(os.fsdecode(path))
    except OSError:
        return os.path.abspath(os.fsdecode(path))


def _warns() -> bool:
    """Return whether the access shows the source line of a warning on standard error."""
    frame = sys._getframe(1)  # noqa: SLF001 -- `inspect` gives the same, and takes time to import
    while frame.f_back:
        frame = frame.f_back
        if frame.f_globals.get("__name__") == "warnings":
            return True
    return False


def _is_beside(socket: Any, address: object = None, *_: object) -> bool:  # noqa: ANN401 -- a socket, not imported here
    """Return whether a message goes to the other end of a socket pair, as in `multiprocessing`."""
    return address is None and getattr(socket, "family", None) == getattr(sys.modules.get("socket"), "AF_UNIX", 0)


def _is_foreign(pid: int, supervisor: int) -> bool:
    """Return whether a process, or a group if negative, is not among those that the supervisor will end."""
    if pid == 0 or not os.path.isdir(f"/proc/{abs(pid)}"):
        return pid in (-1, 1)
    above = abs(pid)
    while above > 1:
        above = parent_of(above)
        if above == supervisor:
            return False
    return True


def end_with(parent: int) -> None:
    """Exit, ending everything that the example has started, when the waiting process `parent` is gone."""
    if hasattr(os, "killpg"):
        _thread.start_new_thread(_end_with, (parent,))


def _end_with(parent: int) -> None:  # pragma: no cover -- it ends the process, and its coverage data with it
    while os.getppid() == parent:
        time.sleep(0.5)
    os.killpg(0, signal.SIGKILL)
