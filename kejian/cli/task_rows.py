"""The rows of tasks on a terminal, drawn by rich: words, a bar, counted steps, seconds."""

from __future__ import annotations

import sys
import threading

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Column
from rich.text import Text

_TICK = 0.1
"""Seconds after which the rows are drawn again."""
_WIDEST = 48
"""Cells that the words of a row may take."""


class TaskRows:
    """Rows below the last line of a terminal, and a thread that draws them, until `close`."""

    def __init__(self) -> None:
        self._console = Console(file=sys.stderr, highlight=False)
        # Drawn without rich's own thread, which a program cannot wait for: a build forks where it has no threads.
        columns = _columns(self._console.width)
        self._drawn = Progress(
            *columns, console=self._console, auto_refresh=False, transient=True, redirect_stdout=False
        )
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._refresh, daemon=True)
        self._drawn.start()
        self._thread.start()

    def _refresh(self) -> None:
        """Thread: draw the rows again and again, since their seconds change."""
        while not self._closing.wait(_TICK):
            self._drawn.refresh()

    def print(self, line: str) -> None:
        """Print a line above the rows."""
        self._console.print(Text(line), soft_wrap=True)

    def add(self, words: str, total: int) -> int:
        """Add a row, of a task without steps if `total` is 0; return its number."""
        return self._drawn.add_task(words, total=total or None)

    def advance(self, number: int) -> None:
        """Count one step."""
        self._drawn.advance(TaskID(number))

    def remove(self, number: int) -> None:
        """Take a row away."""
        self._drawn.remove_task(TaskID(number))

    def close(self) -> None:
        """Take all rows away; the thread has ended."""
        self._closing.set()
        self._thread.join()
        self._drawn.stop()


class _StepsColumn(MofNCompleteColumn):
    """Counted steps; nothing for a task that has none."""

    def render(self, task: Task) -> Text:
        return super().render(task) if task.total else Text("")


def _columns(width: int) -> tuple[SpinnerColumn, TextColumn, BarColumn, _StepsColumn, TimeElapsedColumn]:
    """Return the columns of a row; of a task without steps the bar moves to and fro."""
    words = Column(max_width=min(_WIDEST, width // 2), no_wrap=True, overflow="ellipsis")
    described = TextColumn("{task.description}", markup=False, table_column=words)
    return SpinnerColumn(), described, BarColumn(bar_width=max(8, width // 5)), _StepsColumn(), TimeElapsedColumn()
