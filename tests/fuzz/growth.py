"""Whether work grows as the text it is done on: a ratio of processor times, never a time.

Each is the least of some runs, with the garbage collector off, of a text that nothing is remembered of. Work that is
too little to be measured is measured on a longer text, up to a megabyte. What one doubling costs depends on whether the
text outgrows a processor's cache, and on who else uses that; three in a row tell a line from a square in spite of it.
Memory for a long text may be had in another way, at several times the cost: that step is not taken twice, and so twice
the longer text has another try.
"""

from __future__ import annotations

import gc
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from kejian.core.disk.pack import Recent
from tests.conftest import SOAK

Work = Callable[[str], object]

FIRST = 64_000 if SOAK else 4_000
LARGEST = 128_000
ENOUGH = 0.02 if SOAK else 0.004
"""Seconds of work that can be told from noise."""

TIMES = 8
MOST = 32
"""Between 8 times the work, as a line has it, and 64 times, as a square has it; 25 was seen on a busy machine."""

MOST_TWICE = 3
"""The same for twice the text: 2 and 4."""

TRIES = 4


def linear(work: Work, build: Callable[[int], str]) -> tuple[bool, object]:
    """Whether the work grows as the text; what was measured.

    build: a text of about so many characters.
    """
    with _no_collection():
        n = FIRST
        work(build(200))  # what is made once is made
        while seconds(work, build(n)) < ENOUGH and n < LARGEST:
            n *= 2
        longer = TIMES * n
        tries = [_tried(work, build(n), build(longer), MOST)]
        if not tries[-1][0]:
            tries.append(_tried(work, build(longer), build(2 * longer), MOST_TWICE))
        return tries[-1][0], (n, tries)


def _tried(work: Work, text: str, longer: str, most: float) -> tuple[bool, list[tuple[float, float]]]:
    """Whether the work on the longer text is below `most` times the other's, in one of a few tries; the tries."""
    tries: list[tuple[float, float]] = []
    for _ in range(TRIES):
        tries.append((seconds(work, text), seconds(work, longer)))
        less, more = (min(times) for times in zip(*tries, strict=True))
        if more < max(most * less, ENOUGH):
            return True, tries
    return False, tries


def seconds(work: Work, text: str) -> float:
    """What the work takes when it is done for the first time."""
    forget()
    start = time.process_time()
    work(text)
    return time.process_time() - start


def forget() -> None:
    """Let nothing be known of a text that was read before; what is made once for all texts stays."""
    for name, module in list(sys.modules.items()):
        for function in vars(module).values() if name.startswith("kejian.") else ():
            if _keeps_texts(function):
                function.cache_clear()
            elif isinstance(function, Recent):
                function.clear()
    re.purge()


def _keeps_texts(function: Any) -> bool:
    """Whether it remembers what it made of the last texts; what has no limit keeps things of the machine."""
    return hasattr(function, "cache_parameters") and bool(function.cache_parameters()["maxsize"])


@contextmanager
def _no_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
