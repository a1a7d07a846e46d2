"""Executed examples as ratios: what running one costs over a bare `python -c` of its code, and what 50 cost when warm.

python benchmarks/bench_examples.py [--rounds 5] [--examples 12]

Everything runs on one core: parallel runs would flatter the first ratio.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import measure

ROOT = Path(__file__).parents[1]
KINDS = {
    "prints": "",
    "numpy": "import numpy as np\n",
    "figure": "import matplotlib.pyplot as plt\nfrom matplotlib.figure import Figure\n",
}
BODIES = {
    "prints": "def f{n}():\n    print(sum(range({n})))\n",
    "numpy": "def f{n}():\n    x = np.arange(12.0).reshape(3, 4)\n    return x @ x.T + {n}\n",
    "figure": "def f{n}():\n    figure, axes = plt.subplots()\n    axes.plot([{n}, 2, 3])\n    return figure\n",
}
BARE = {
    "prints": "f0()",
    "numpy": "print(f0())",
    "figure": "f0().savefig(sys.argv[2] + '.svg'); plt.gcf().savefig(sys.argv[2] + '.png', dpi=80)",
}
"""What a bare script must do as well to have something to show."""


def course(root: Path, kind: str, count: int, *, run: bool = True) -> Path:
    """A course with a deck that quotes `count` functions, and runs them."""
    package = root / "bench_examples"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    functions = "\n\n".join(BODIES[kind].format(n=n) for n in range(count))
    (package / "shown.py").write_text(f"{KINDS[kind]}\n\n{functions}")
    cmd = " cmd=true" if run else ""
    slides = (
        f'<!-- slide -->\n\n# 第 {n} 页\n\n@import "../bench_examples/shown.py" {{symbol="f{n}"{cmd}}}\n'
        for n in range(count)
    )
    (root / "slides").mkdir()
    (root / "slides" / "deck.md").write_text("\n".join(slides), "utf-8")
    return root


def build(root: Path) -> list[str]:
    """The command that builds a course."""
    return [sys.executable, str(ROOT / "build.py"), str(root), "--quiet"]


def running(folder: Path, kind: str, count: int, rounds: int) -> list[object]:
    """What each example adds to a build that draws its deck anew, and what a process with its code alone takes."""
    root = course(folder / kind, kind, count)

    def edit() -> None:
        with (root / "slides" / "deck.md").open("a", encoding="utf-8") as file:
            file.write("\n又一行。\n")

    def forget() -> None:
        edit()
        shutil.rmtree(root / "slides" / "outputs")

    measure.process(build(root), 1)
    code = (
        "import os, sys; sys.stdout = open(os.devnull, 'w'); sys.path.insert(0, sys.argv[1]); "
        f"from bench_examples.shown import *; {BARE[kind]}"
    )
    bare = [sys.executable, "-c", code, str(root), str(folder / "bare")]
    drawn, run, alone = best(rounds, (build(root), edit), (build(root), forget), (bare, lambda: None))
    each = (run - drawn) / count
    return [kind, each * 1000, alone * 1000, each / alone]


def best(rounds: int, *commands: tuple[list[str], Callable[[], None]]) -> list[float]:
    """The least seconds of each command, which take turns: others on the machine slow down all alike."""
    turns = [[measure.process(command, 1, before).seconds for command, before in commands] for _ in range(rounds)]
    return [min(times) for times in zip(*turns, strict=True)]


def warm(folder: Path, count: int, rounds: int) -> list[object]:
    """An unchanged build of a deck whose examples have run, and of the same deck that only quotes them."""
    roots = [course(folder / name, "prints", count, run=name == "with") for name in ("with", "without")]
    for root in roots:
        measure.process(build(root), 1)
    with_them, without = best(rounds, *((build(root), lambda: None) for root in roots))
    return [f"{count} examples", with_them * 1000, without * 1000, with_them / without]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--examples", type=int, default=12)
    options = parser.parse_args()
    measure.one_core()
    os.environ |= {"MPLBACKEND": "Agg", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [running(folder, kind, options.examples, options.rounds) for kind in KINDS]
        measure.table("Running an example (aim: ≤ 1.3)", ["example", "ms each", "ms bare", "×"], rows)
        rows = [warm(folder, 50, options.rounds * 2)]
        measure.table("A build with nothing to do (aim: ≤ 1.1)", ["deck", "ms", "ms without", "×"], rows)


if __name__ == "__main__":
    main()
