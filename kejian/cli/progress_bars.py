"""Progress on a terminal: each task in a row with its seconds, one with counted steps with a bar as well.

A task that has ended leaves a line with its seconds, above the rows of those that have not.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from kejian.core.progress import Progress

if TYPE_CHECKING:
    from kejian.cli.task_rows import TaskRows


class TerminalProgress:
    """Reports lines and tasks on standard error, which is a terminal; to be used as a context.

    echo: prints a line where there are no rows.
    rich is imported for the first task, and nothing is drawn while there is none.
    """

    def __init__(self, echo: Progress) -> None:
        self._echo = echo
        self._rows: TaskRows | None = None
        self._running: set[int] = set()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Take away the rows of tasks that were given up."""
        with self._lock:
            self._running.clear()
            self._close()

    def __call__(self, words: str) -> None:
        """Print a line, above the rows if there are any."""
        with self._lock:
            self._print(words)

    def begin(self, words: str, total: int, *, bar_only: bool) -> TaskRow:
        """Draw a row for a task of `total` steps, 0 for one that has none. bar_only: no line remains of it."""
        with self._lock:
            if self._rows is None:
                from kejian.cli.task_rows import TaskRows

                self._rows = TaskRows()
            number = self._rows.add(words.partition(": ")[0], total)
            self._running.add(number)
        line = "" if bar_only else f"{words}: {total}" if total else words
        return TaskRow(self, number, line)

    def advance(self, number: int) -> None:
        """Count one step of a task."""
        with self._lock:
            if self._rows and number in self._running:
                self._rows.advance(number)

    def end(self, number: int, line: str) -> None:
        """Take away a task's row, and print what remains of it, "" for nothing."""
        with self._lock:
            if self._rows is None or number not in self._running:
                return
            self._running.discard(number)
            self._rows.remove(number)
            if not self._running:
                self._close()
            if line:
                self._print(line)

    def _print(self, words: str) -> None:
        if self._rows:
            self._rows.print(f"kejian: {words}")
        else:
            self._echo(words)

    def _close(self) -> None:
        rows, self._rows = self._rows, None
        if rows:
            rows.close()


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task that is drawn. line: what remains of it; began: its start by the monotonic clock."""

    progress: TerminalProgress
    number: int
    line: str
    began: float = field(default_factory=time.monotonic)

    def advance(self) -> None:
        """Count one step."""
        self.progress.advance(self.number)

    def end(self) -> None:
        """Leave a line with the seconds that it took."""
        seconds = time.monotonic() - self.began
        self.progress.end(self.number, f"{self.line} — {seconds:.1f} s" if self.line else "")
