"""Bounded reads of regular files only: never a link, a folder, a pipe that blocks, or a device."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


class NotRegularError(OSError):
    """This is not a regular file of a sensible size; the text names what it is."""


def read(path: str | Path, most: int) -> bytes:
    """Return the content of a file of at most `most` bytes. Raises `OSError`, and never blocks on
    other kinds of files.
    """
    _refuse(os.lstat(path), path, most)
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        _refuse(os.fstat(file.fileno()), path, most)
        data = file.read(most + 1)
    if len(data) > most:
        raise _error(f"it is larger than {most:,} bytes", path)
    return data


def kind(found: os.stat_result) -> str:
    """Name what is there instead of a regular file, with its article; "" for a regular file."""
    return "" if stat.S_ISREG(found.st_mode) else _KINDS.get(stat.S_IFMT(found.st_mode), "no file")


def _refuse(found: os.stat_result, path: str | Path, most: int | None = None) -> None:
    if kind(found):
        raise _error(f"it is {kind(found)}, not a file", path)
    if most is not None and found.st_size > most:
        raise _error(f"it is larger than {most:,} bytes", path)


def _error(why: str, path: str | Path) -> NotRegularError:
    return NotRegularError(errno.EINVAL, why, str(path))


_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
