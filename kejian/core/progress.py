"""Progress reports of long work: a callback that prints a line on the terminal, or nothing."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str], None]
"""Is called with one line on what is done now."""


def counted(count: int, noun: str) -> str:
    """Format a count with its noun: `1 error`, `2 errors`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
