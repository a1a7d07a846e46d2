"""The number of usable CPU cores."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

_limits: list[int] = []
"""How many cores may be used at most, by the innermost `at_most` last."""


def cores() -> int:
    """Return how many cores this process may run on, or is to use: at least one."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min([there, *_limits])


@contextmanager
def at_most(count: int) -> Iterator[None]:
    """Use no more than `count` cores within, in all threads; 0 for as many as there are."""
    if count == 0:
        yield
        return
    _limits.append(count)
    try:
        yield
    finally:
        _limits.pop()
