"""Time and memory of whole processes, side by side in one run."""

from __future__ import annotations

import compileall
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is measured keeps what it compiles, as it does for its users


@dataclass(frozen=True)
class Cost:
    """Median seconds of a process, and its greatest resident memory in MiB (its own, not its children's)."""

    seconds: float
    memory: float


def one_core() -> None:
    """Run on one core from now on, where the system lets a process choose: parallel runs would flatter a ratio."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def compiled() -> None:
    """Compile the generator, as installing it does; else the first process that is measured would do it."""
    compileall.compile_dir(ROOT / "kejian", quiet=1)


def process(
    command: Sequence[str],
    rounds: int,
    before: Callable[[], object] = lambda: None,
    *,
    output: bool = True,
    folder: Path | None = None,
) -> Cost:
    """Run `command` so often in a folder, `before` each time untimed; any exit status but 0 ends the benchmark."""
    seconds, memory = [], []
    for _ in range(rounds):
        before()
        start = time.perf_counter()
        quiet = {} if output else {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        child = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, **quiet)
        peak = 0.0
        while child.poll() is None:
            peak = max(peak, _peak(child.pid))
            time.sleep(0.002)
        seconds.append(time.perf_counter() - start)
        memory.append(peak)
        if child.returncode:
            sys.exit(f"{' '.join(command)} failed")
    return Cost(statistics.median(seconds), max(memory))


def _peak(process: int) -> float:
    """The most resident memory of the process so far, in MiB; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a Markdown table."""
    print(f"\n### {title}\n")
    for row in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row) + " |")
