"""A folder opened as a file descriptor, whose entries are accessed by name without following links.

On systems without folder descriptors (Windows), each name is examined just before it is used instead.
"""

# ruff: noqa: PTH101, PTH102, PTH105, PTH116 -- pathlib knows no handles

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import Any, NamedTuple

_HANDLES = {os.open, os.mkdir, os.rename, os.unlink, os.stat} <= os.supports_dir_fd
_HANDLE_FOLDER = "/proc/self/fd" if os.path.isdir("/proc/self/fd") else ""  # noqa: PTH112 -- asked at each start
"""Where Linux has a name for each open folder: with it, a tracer of system calls sees whole paths."""
_SAFE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _SAFE
_BASE = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _SAFE
_REPARSE_POINT = 0x400
"""How Windows marks links and junctions in `st_file_attributes`."""


class InTheWayError(OSError):
    """A link or a file stands where a folder is needed for writing; `hint` contains what to type."""

    def __init__(self, path: Path, found: os.stat_result) -> None:
        what = "a symbolic link" if stat.S_ISLNK(found.st_mode) else "not a folder"
        super().__init__(errno.ENOTDIR, f"this is {what}, and nothing is written through it", str(path))
        self.hint = f"remove it (`rm {path}`), or name another folder"


class OpenFolder(NamedTuple):
    """An open folder. handle: its file descriptor, `None` on systems without them."""

    path: Path
    handle: int | None

    def name(self, name: str) -> str:
        """Return the path of an entry to pass to `os` functions together with `at`."""
        if self.handle is None:
            return str(self.path / name)
        return f"{_HANDLE_FOLDER}/{self.handle}/{name}" if _HANDLE_FOLDER else name

    def at(self, *keywords: str) -> dict[str, Any]:
        """Return the keyword arguments that make an `os` function relative to this folder; `dir_fd` by default."""
        if self.handle is None or _HANDLE_FOLDER:
            return {}
        return dict.fromkeys(keywords or ("dir_fd",), self.handle)

    def stat(self, name: str) -> os.stat_result | None:
        """Return the state of an entry itself, without following a link; `None` if it is missing."""
        with suppress(FileNotFoundError), errors_name(self.path / name):
            return os.stat(self.name(name), follow_symlinks=False, **self.at())
        return None

    def folder(self, name: str) -> OpenFolder:
        """Open a subfolder. Raises `InTheWayError` if it is not a folder, `FileNotFoundError` if it is missing."""
        found = self.stat(name)
        if found is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.path / name))
        if not is_folder(found):
            raise InTheWayError(self.path / name, found)
        with errors_name(self.path / name):
            handle = os.open(self.name(name), _FOLDER, **self.at()) if _HANDLES else None
        return OpenFolder(self.path / name, handle)

    def read(self, name: str) -> BufferedReader:
        """Open a regular file for reading. Raises `FileNotFoundError` for anything else, links included."""
        found = self.stat(name)
        if found is None or not stat.S_ISREG(found.st_mode):
            raise FileNotFoundError(errno.ENOENT, "there is no such file", str(self.path / name))
        with errors_name(self.path / name):
            return os.fdopen(os.open(self.name(name), _READ, **self.at()), "rb")

    def create(self, name: str, data: bytes, mode: int | None = None) -> None:
        """Create and write a file. Raises `OSError`, also if it exists."""
        with (
            errors_name(self.path / name),
            os.fdopen(os.open(self.name(name), _NEW_FILE, 0o666, **self.at()), "wb") as file,
        ):
            file.write(data)
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)

    def make(self, name: str, mode: int | None) -> None:
        """Create a subfolder. mode: `None` leaves it to the umask. Raises `OSError`, also if it exists."""
        with errors_name(self.path / name):
            os.mkdir(self.name(name), **self.at())
            if mode is not None:
                os.chmod(self.name(name), mode, **self.at())

    def move(self, name: str, target: OpenFolder, wanted: str) -> None:
        """Move an entry into `target`, replacing a file there. Raises `OSError` that names the target."""
        ends = self.at("src_dir_fd") | target.at("dst_dir_fd")
        with errors_name(target.path / wanted):
            os.replace(self.name(name), target.name(wanted), **ends)

    def remove(self, name: str) -> None:
        """Remove an entry with everything in it; no-op if it is missing. Raises `OSError`."""
        found = self.stat(name)
        with errors_name(self.path / name):
            if found is not None and is_folder(found):
                shutil.rmtree(self.name(name), **self.at())
            elif found is not None:
                os.unlink(self.name(name), **self.at())

    def close(self) -> None:
        """Close the descriptor."""
        if self.handle is not None:
            os.close(self.handle)


@contextmanager
def errors_name(path: Path) -> Iterator[None]:
    """Put `path` into system errors raised inside, which otherwise name a descriptor or nothing at all."""
    try:
        yield
    except OSError as e:
        e.filename = str(path)
        raise


def opened(folder: Path) -> OpenFolder:
    """Open an existing folder, following links on the way to it."""
    return OpenFolder(folder, os.open(folder, _BASE) if _HANDLES else None)


def is_folder(found: os.stat_result) -> bool:
    """Return whether this is a folder, and neither a link nor a junction."""
    return stat.S_ISDIR(found.st_mode) and not getattr(found, "st_file_attributes", 0) & _REPARSE_POINT
