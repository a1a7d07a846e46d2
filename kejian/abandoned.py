"""What a command that was killed has left behind, told from what a running one still uses by the lock of its owner.

Where there are no locks on folders, what has not been touched for a day is nobody's.
"""

from __future__ import annotations

import shutil
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


def sweep(cache: Path) -> None:
    """Remove what killed commands have left in the course's folder `cache`; whoever cannot remove it leaves it."""
    for name in ("aside", "seen"):
        sweep_files(cache / name)
    if not (left := [path for path in _named(cache, COLD) if path.is_dir()]):
        return
    with unused(cache) as nobody_makes_one:
        for folder in left if nobody_makes_one is not False else ():
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
