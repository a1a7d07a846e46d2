"""Locks on folders, which end with the process that holds them: no file to leave behind, nothing to mend."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def locked(folder: Path, *, shared: bool = False) -> Iterator[None]:
    """Let one process or thread at a time in, or with `shared` all those that share.

    A folder that is not there or cannot be locked keeps nobody out.
    """
    with contextlib.ExitStack() as held:
        with contextlib.suppress(ImportError, OSError):  # Windows; a file system without locks on folders, such as NFS
            import fcntl

            fcntl.flock(_opened(folder, held), fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def unused(folder: Path) -> Iterator[bool | None]:
    """Whether nobody else is in, and nobody gets in meanwhile; `None` where that cannot be known."""
    with contextlib.ExitStack() as held:
        yield _taken(folder, held)


def _taken(folder: Path, held: contextlib.ExitStack) -> bool | None:
    try:
        import fcntl

        fcntl.flock(_opened(folder, held), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        return None
    return True


def _opened(folder: Path, held: contextlib.ExitStack) -> int:
    file = os.open(folder, os.O_RDONLY)
    held.callback(os.close, file)
    return file
