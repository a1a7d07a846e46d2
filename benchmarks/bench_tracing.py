"""What it costs to note what an example is made from: the decks' examples run with that, and without, in turns.

python benchmarks/bench_tracing.py [--rounds 3] [--seconds 5]

Without: the same child whose trace notes nothing, so that its bounds, its outputs and its imports stay as they are.
Examples that are on record as slower than `--seconds` are left out, as those that train are.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import measure

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from kejian.examples.jobs import Job  # noqa: E402 -- of this checkout
from kejian.examples.run import execute, subprocesses  # noqa: E402 -- as above
from kejian.pipeline.analysis import survey  # noqa: E402 -- as above

NOTHING = """

def _nothing(self, *arguments, **keywords):
    return None


def _begin(self, root, pinned, *, marks):
    self.root, self.whole = root + os.sep, True


ProcessTrace.begin = _begin
ProcessTrace.follow = ProcessTrace.look_into = ProcessTrace.seek = ProcessTrace._test = _nothing
"""
"""What makes the trace note nothing, at the end of its module."""


def without(folder: Path) -> Path:
    """A copy of the child in `folder` whose trace notes nothing."""
    shutil.copytree(subprocesses.CHILD.parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "kejian_trace.py").open("a", encoding="utf-8") as module:
        module.write(NOTHING)
    return folder / subprocesses.CHILD.name


def seconds(jobs: Sequence[Job], child: Path, cache: Path) -> float:
    """How long all jobs take together in such a child."""
    subprocesses.CHILD = child
    start = time.perf_counter()
    code = jobs[0].package.paths
    around = execute.RunContext(root=ROOT, code=code, cache=cache, today="2026-01-01", progress=lambda _: None)
    failed = [ran.job.name for ran in execute.run(jobs, around) if ran.fresh is None]
    if failed:
        sys.exit(f"no output of {', '.join(failed)}")
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    measure.one_core()
    jobs = [job for job in survey(ROOT).jobs if job.known and job.known.seconds < options.seconds and job.fresh]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        children = (subprocesses.CHILD, without(folder / "child"))
        for child in children:  # what Python compiles, and matplotlib's list of fonts
            seconds(jobs, child, folder / "cache")
        turns = [[seconds(jobs, child, folder / "cache") for child in children] for _ in range(options.rounds)]
    traced, plain = (statistics.median(times) for times in zip(*turns, strict=True))
    rows = [[f"{len(jobs)} examples", traced, plain, statistics.median(one / other for one, other in turns)]]
    measure.table("Noting what an example is made from (aim: ≤ 1.2)", ["decks", "s", "s without", "×"], rows)


if __name__ == "__main__":
    main()
