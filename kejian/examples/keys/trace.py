"""The trace of a run: what it was made from, as recorded by its process."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What ran and what was examined. Files and folders are course paths.

    loaded: the course's modules in the order in which they started to load, each with its file.
    ran: files, with names of top-level functions and classes that were executed.
    texts: Python files that were read, not loaded. reads: other files that were read.
    outside: the names of those outside the course. listed: folders that were listed, "" for the course itself.
    tested: paths that were looked for. environment: variables that the course's code read.
    packages: those that it imported, and their requirements.
    optional: others that were loaded, with their versions, because packages use them if installed.
    shapes: for each module a digest of its code. whole: something may have run unrecorded.
    """

    loaded: tuple[tuple[str, str], ...] = ()
    ran: tuple[tuple[str, str], ...] = ()
    texts: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    tested: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    optional: tuple[tuple[str, str], ...] = ()
    shapes: tuple[tuple[str, str], ...] = ()
    whole: bool = False


NOTHING = Trace(whole=True)
"""What is known of a run that was not watched."""
