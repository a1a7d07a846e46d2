"""A lock on a folder, which ends with the process that holds it: no file to leave behind, nothing to mend."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one process or thread at a time in. A folder that is not there or cannot be locked keeps nobody out."""
    with contextlib.ExitStack() as held:
        with contextlib.suppress(ImportError, OSError):  # Windows; a file system without locks on folders, such as NFS
            import fcntl

            file = os.open(folder, os.O_RDONLY)
            held.callback(os.close, file)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
