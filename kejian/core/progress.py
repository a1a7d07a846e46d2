"""Progress reports of long work: lines on what is done now, and tasks, which a terminal draws as bars."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

Progress = Callable[[str], None]
"""Is called with one line on what is done now. A `TaskProgress` is one that draws tasks, too."""

_LINE = 500
"""Steps of a task after which another line reports how many are done."""


def counted(count: int, noun: str) -> str:
    """Format a count with its noun: `1 error`, `2 errors`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


class ProgressTask(Protocol):
    """Work that has begun."""

    def advance(self) -> None:
        """Count one step."""

    def end(self) -> None:
        """Report that the work is done, or given up."""


class TaskProgress(Protocol):
    """A `Progress` that draws tasks with their seconds."""

    def __call__(self, words: str) -> None:
        """Report one line."""

    def begin(self, words: str, total: int, *, bar_only: bool) -> ProgressTask:
        """Draw a task; see the function `begin`."""
        ...


def begin(progress: Progress, words: str, total: int = 0, *, bar_only: bool = False) -> ProgressTask:
    """Begin a task of `total` steps, 0 for one that has none; where no tasks are drawn, lines report it.

    bar_only: other lines report the same already.
    """
    if drawn := _drawn(progress):
        return drawn.begin(words, total, bar_only=bar_only)
    return _LineTask(silence if bar_only else progress, words, total)


def remind(progress: Progress, words: str) -> None:
    """Report what is still being waited for, where no task shows its seconds."""
    if not _drawn(progress):
        progress(words)


def _drawn(progress: Progress) -> TaskProgress | None:
    """Return the progress if it draws tasks; a protocol that is checked at run time would slow every start."""
    return cast("TaskProgress", progress) if hasattr(progress, "begin") else None


def silence(words: str) -> None:
    """Progress that reports nothing."""


class _LineTask:
    """A task as lines: one when it begins, and one after every so many steps."""

    def __init__(self, progress: Progress, words: str, total: int) -> None:
        self._progress, self._words, self._total, self._done = progress, words, total, 0
        progress(f"{words}: {total}" if total else words)

    def advance(self) -> None:
        self._done += 1
        if self._done % _LINE == 0 and self._done < self._total:
            self._progress(f"{self._words}: {self._done} of {self._total} done")

    def end(self) -> None:
        pass
