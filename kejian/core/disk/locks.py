"""Advisory locks on folders, released when their process ends; no lock file is left behind."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def locked(folder: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold an exclusive lock on `folder`, or a shared one, waiting for it.

    If the folder is missing or cannot be locked, this is a no-op.
    """
    with contextlib.ExitStack() as held:
        with contextlib.suppress(ImportError, OSError):  # Windows; a file system without locks on folders, such as NFS
            import fcntl

            fcntl.flock(_opened(folder, held), fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def unused(folder: Path) -> Iterator[bool | None]:
    """Try to lock `folder` exclusively: yields `True` if no other process holds it, `None` if that is unknowable."""
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
