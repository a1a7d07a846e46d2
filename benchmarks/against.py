"""A benchmark of this checkout beside that of an earlier commit: in turns, on the same machine, number by number.

    python benchmarks/against.py [--turns 3] COMMIT bench_build.py [OPTIONS OF THE BENCHMARK]

The commit's own benchmark measures the commit's own code, with the packages that are installed now. What only one of
the two prints is left out. A number that is itself a ratio, such as `× imports`, says more than seconds: whatever else
the machine was doing is in both of its sides.
"""

from __future__ import annotations

import argparse
import filecmp
import io
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import measure

sys.path.insert(0, str(Path(__file__).parents[1]))

from kejian.core.disk.scratch import COLD, owned

ROOT = Path(__file__).parents[1]
Place = tuple[str, str, str]
"""Where a number stands: the table's title, the words of its row, the head of its column."""


def numbers(printed: str) -> dict[Place, float]:
    """Every number in the Markdown tables that a benchmark has printed."""
    title, head = "", list[str]()
    found: dict[Place, float] = {}
    for line in printed.splitlines():
        if line.startswith("### "):
            title, head = line[4:], []
        elif line.startswith("| "):
            cells = [cell.strip() for cell in line.strip()[1:-1].split("|")]
            if head:
                words = ", ".join(cell for cell in cells if cell and _number(cell) is None)
                values = zip(head, map(_number, cells), strict=False)
                found |= {(title, words, column): value for column, value in values if value is not None}
            else:
                head = cells
    return found


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        return None


def beside(then: Sequence[Mapping[Place, float]], now: Sequence[Mapping[Place, float]]) -> list[list[object]]:
    """A row for each number that all runs of both have: its place, the median then and now, and their ratio."""
    common = [place for place in now[0] if all(place in run for run in (*then, *now))]
    rows: list[list[object]] = []
    for place in common:
        old, new = (statistics.median(run[place] for run in runs) for runs in (then, now))
        rows.append([*place, old, new, new / old if old else ""])
    return rows


def checkout(commit: str, folder: Path) -> None:
    """The files of `commit` in `folder`, with npm packages: linked where they are the same, else installed."""
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    lock = "package-lock.json"
    if filecmp.cmp(ROOT / lock, folder / lock, shallow=False):
        shutil.copytree(ROOT / "node_modules", folder / "node_modules", symlinks=True, copy_function=os.link)
    else:
        subprocess.run([sys.executable, "build.py", "setup"], cwd=folder, check=True)


def run(root: Path, script: str, options: Sequence[str]) -> dict[Place, float]:
    """What the benchmark of the checkout at `root` prints."""
    command = [sys.executable, str(root / "benchmarks" / script), *options]
    return numbers(subprocess.run(command, cwd=root, stdout=subprocess.PIPE, text=True, check=True).stdout)


def main() -> None:
    """Compare, and print one table for each that the benchmark prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commit")
    parser.add_argument("script", choices=sorted(path.name for path in Path(__file__).parent.glob("bench_*.py")))
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("options", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    with owned(ROOT / ".kejian", COLD) as aside:
        folder = aside / "checkout"  # what lies in `aside` may be locked by its builds, `aside` itself is
        checkout(asked.commit, folder)
        then, now = [], []
        for turn in range(asked.turns):
            print(f"turn {turn + 1} of {asked.turns}", file=sys.stderr)
            then.append(run(folder, asked.script, asked.options))
            now.append(run(ROOT, asked.script, asked.options))
    tables = defaultdict(list)
    for title, *row in beside(then, now):
        tables[title].append(row)
    for title, rows in tables.items():
        measure.table(str(title), ["of", "number", asked.commit, "now", "now / then"], rows)


if __name__ == "__main__":
    main()
