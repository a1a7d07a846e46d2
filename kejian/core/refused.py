"""What ends a command without being a fault of the program: refusals, and errors of the system in words."""

from __future__ import annotations

import errno
import os
from contextlib import suppress


class RefusedError(Exception):
    """What a command cannot do, without being a fault of the program: `code` of a diagnostic, and what to type."""

    code = "cannot-go-on"

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.hint = hint


LEAST = 64
"""Files that a process must be able to open at once: a build with all that it starts opens forty."""
_USUAL = 1024


class TooFewFilesError(OSError):
    """The system lets a process open too few files."""


def words(e: OSError) -> str:
    """Describe a system error, with the file that it is about."""
    if e.errno in (errno.EMFILE, errno.ENFILE):
        return files() if e.errno == errno.EMFILE else "all programs together hold too many files: end some of them"
    file = f"{e.filename}: " if e.filename else ""
    return f"{file}{e.strerror or e}"


def files() -> str:
    """Describe that no more files can be opened, and how many that is."""
    return f"the system lets a process open only {_most()} files; type `ulimit -n {_USUAL}`, then the command again"


def ask_for_files() -> None:
    """Raise this process's limit of open files as far as needed. Raises `TooFewFilesError` if that is not allowed."""
    with suppress(ImportError, OSError, ValueError):  # Windows; a system that does not let it
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _USUAL if hard == resource.RLIM_INFINITY else min(_USUAL, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    if _most() < LEAST:
        raise TooFewFilesError(errno.EMFILE, os.strerror(errno.EMFILE))


def _most() -> int:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return _USUAL
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _USUAL if soft == resource.RLIM_INFINITY else soft
