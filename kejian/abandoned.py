"""What a command that was killed has left behind, told from what a running one still uses by the lock of its owner.

Where there are no locks on folders, what has not been touched for a day is nobody's. In a folder that is not ours alone
nothing is locked but what is ours, and so what is younger than an hour is left alone.
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

from kejian.locked import locked, unused

NEW = ".new-"
"""How the name of a file begins that is being written aside: under a shared lock on the folder that it is in."""
COLD = "cold-"
"""How the name of the folder of a run begins that shares nothing with others."""

_DAY = 86_400
_HOUR = 3_600
_TEMPORARY = "kejian-aside-"


@contextmanager
def owned(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder in `parent`, removed in the end; while its owner lives, `sweep` leaves it alone."""
    parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        with locked(parent, shared=True):  # nobody sweeps between the two
            folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
            held.enter_context(locked(folder))
        held.callback(shutil.rmtree, folder, ignore_errors=True)  # first of all, while it is locked
        yield folder


@contextmanager
def temporary(parent: Path | None = None, prefix: str = _TEMPORARY) -> Iterator[Path]:
    """A new folder for a while, in `parent` or where the system keeps such; removes what killed commands left there."""
    for left in _named(parent or Path(tempfile.gettempdir()), prefix):
        _remove_old(left)
    new = tempfile.TemporaryDirectory(prefix=prefix, dir=parent, ignore_cleanup_errors=True)
    with new as name, _used(Path(name)) as folder:
        yield folder


@contextmanager
def shared(name: str) -> Iterator[Path]:
    """The folder where the system keeps such that all who give this name share.

    Nobody knows who comes last: it stays, and is removed like one that was left.
    """
    folder = Path(tempfile.gettempdir(), f"{_TEMPORARY}{name}")
    folder.mkdir(mode=0o700, exist_ok=True)
    os.utime(folder)  # as good as new: nobody removes it before it is locked
    with _used(folder) as own:
        yield own


@contextmanager
def _used(folder: Path) -> Iterator[Path]:
    """A folder in `folder`, which is locked meanwhile: whoever uses the one may lock it for purposes of their own."""
    with locked(folder, shared=True):
        own = folder / "own"
        own.mkdir(exist_ok=True)
        yield own


def _remove_old(folder: Path) -> None:
    """Remove a folder whose owner has ended; a new one may not have been locked yet."""
    with suppress(OSError):  # another command was faster, or it is another user's
        about = folder.lstat()
        if stat.S_ISDIR(about.st_mode) and about.st_mtime < time.time() - _HOUR:
            _remove_left(folder)


def sweep(cache: Path) -> None:
    """Remove what killed commands have left in the course's folder `cache`; whoever cannot remove it leaves it."""
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
    """Remove from `folder` the files that were being written as their writer was killed."""
    if not (left := _named(folder, NEW)):
        return
    with unused(folder) as free:
        for path in left:
            with suppress(OSError):  # another build was faster, or a cache of somebody else's
                if _is_left(path, free=free):
                    path.unlink()


def _named(folder: Path, prefix: str) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.name.startswith(prefix)]
    except OSError:
        return []


def _is_left(path: Path, *, free: bool | None) -> bool:
    """Whether nobody uses it, by its lock or else by its age."""
    return path.lstat().st_mtime < time.time() - _DAY if free is None else free
