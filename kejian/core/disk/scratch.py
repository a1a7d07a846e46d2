"""Temporary folders and files, and removal of those that killed commands left behind.

A folder in use is locked by its owner. Without folder locks, one untouched for a day counts as left behind. In the
system's temporary folder only our own folders are locked, and anything younger than an hour is kept.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from kejian.core.disk.locks import locked, unused

NEW = ".new-"
"""How the name of a file begins that is being written aside: under a shared lock on the folder that it is in."""
COLD = "cold-"
"""How the name of the folder of a run begins that shares nothing with others."""

_DAY = 86_400
_HOUR = 3_600
_TEMPORARY = "kejian-aside-"


@contextmanager
def owned(parent: Path, prefix: str) -> Iterator[Path]:
    """Create a temporary folder in `parent` and remove it at the end; `sweep` keeps it while its owner lives."""
    parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        with locked(parent, shared=True):  # no sweep between creation and lock
            folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
            held.enter_context(locked(folder))
        held.callback(shutil.rmtree, folder, ignore_errors=True)  # first of all, while it is still locked
        yield folder


@contextmanager
def temporary(parent: Path | None = None, prefix: str = _TEMPORARY) -> Iterator[Path]:
    """Create a temporary folder, by default in the system's place; also removes those that killed
    commands left there.
    """
    for left in _named(parent or Path(tempfile.gettempdir()), prefix):
        _remove_old(left)
    new = tempfile.TemporaryDirectory(prefix=prefix, dir=parent, ignore_cleanup_errors=True)
    with new as name, _used(Path(name)) as folder:
        yield folder


@contextmanager
def shared(name: str) -> Iterator[Path]:
    """Yield a temporary folder that all processes asking for `name` share.

    Its last user is unknown, so it is kept and later swept.
    """
    folder = Path(tempfile.gettempdir(), f"{_TEMPORARY}{name}")
    folder.mkdir(mode=0o700, exist_ok=True)
    os.utime(folder)  # touched, so that a sweep does not remove it before it is locked
    with _used(folder) as own:
        yield own


@contextmanager
def _used(folder: Path) -> Iterator[Path]:
    """Yield a locked folder inside `folder`; the inner folder may be locked for other purposes."""
    with locked(folder, shared=True):
        own = folder / "own"
        own.mkdir(exist_ok=True)
        yield own


def _remove_old(folder: Path) -> None:
    """Remove a folder whose owner has ended; a recent one may not have been locked yet."""
    with suppress(OSError):  # another command was faster, or it is another user's
        about = folder.lstat()
        if stat.S_ISDIR(about.st_mode) and about.st_mtime < time.time() - _HOUR:
            _remove_left(folder)


def sweep(cache: Path) -> None:
    """Remove what killed commands left in the cache folder `cache`, as far as permissions allow."""
    for name in ("aside", "seen"):
        sweep_files(cache / name)
    if not (left := [path for path in _named(cache, COLD) if path.is_dir()]):
        return
    with unused(cache) as nobody_makes_one:
        for folder in left if nobody_makes_one is not False else ():
            _remove_left(folder)


def _remove_left(folder: Path) -> None:
    with unused(folder) as free:
        if _is_left(folder, free=free):
            shutil.rmtree(folder, ignore_errors=True)


def sweep_files(folder: Path) -> None:
    """Remove from `folder` the temporary files of writers that were killed."""
    if not (left := _named(folder, NEW)):
        return
    with unused(folder) as free:
        for path in left:
            with suppress(OSError):  # another build was faster, or the cache is another user's
                if _is_left(path, free=free):
                    path.unlink()


def _named(folder: Path, prefix: str) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.name.startswith(prefix)]
    except OSError:
        return []


def _is_left(path: Path, *, free: bool | None) -> bool:
    """Return whether a file or folder is unused, by its lock or, without locks, by its age."""
    return path.lstat().st_mtime < time.time() - _DAY if free is None else free
