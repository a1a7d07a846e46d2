"""Time and memory of whole processes, side by side in one run."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """Median seconds of a process, and its greatest resident memory in MiB (its own, not its children's)."""

    seconds: float
    memory: float


def process(command: Sequence[str], rounds: int, before: Callable[[], object] = lambda: None) -> Cost:
    """Run `command` so often, `before` each time untimed; any exit status but 0 ends the benchmark."""
    seconds, memory = [], []
    for _ in range(rounds):
        before()
        start = time.perf_counter()
        child = os.spawnvp(os.P_NOWAIT, command[0], list(command))
        _, status, usage = os.wait4(child, 0)
        seconds.append(time.perf_counter() - start)
        memory.append(usage.ru_maxrss / 1024)
        if os.waitstatus_to_exitcode(status):
            sys.exit(f"{' '.join(command)} failed")
    return Cost(statistics.median(seconds), max(memory))


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a Markdown table."""
    print(f"\n### {title}\n")
    for row in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row) + " |")
