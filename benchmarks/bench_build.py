"""Builds as ratios: against bare markdown-it-py on the same text, and against a process that only imports what draws.

A cold build is also compared with what its formulas take in the bare worker, together with the bare parse. The last
rows are of the project's own course, with its examples, as it stands: it should have been built before.

python benchmarks/bench_build.py [DECK.md] [--slides 100 1000 5000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

import measure
import synthetic

sys.path.insert(0, str(Path(__file__).parents[1]))

from kejian.core import config
from kejian.core.disk.files import Folder
from kejian.core.model import Formula
from kejian.makers.node_pool import Worker
from kejian.parse.deck import load
from kejian.pipeline.context import prepare

ROOT = Path(__file__).parents[1]
PARSE = """
import sys
from pathlib import Path
from markdown_it import MarkdownIt
md = MarkdownIt("commonmark", {"html": True, "linkify": False, "breaks": True}).enable(["table", "strikethrough"])
for path in sorted(Path(sys.argv[1]).rglob("slides/*.md")):
    md.render(path.read_text("utf-8"))
"""
PYTHON = sys.executable
IMPORTS = [PYTHON, "-c", "import markdown_it, jinja2, pygments"]


def costs(course: Path, rounds: int) -> dict[str, measure.Cost]:
    """A cold build, a build without a change, one with a slide changed, and the two yardsticks."""
    build = [PYTHON, str(ROOT / "build.py"), str(course), "--quiet", "--out", str(course / "site")]
    first = next(iter(sorted((course / "slides").glob("*.md"))))

    def forget() -> None:
        shutil.rmtree(course / ".kejian", ignore_errors=True)
        shutil.rmtree(course / "site", ignore_errors=True)

    def edit() -> None:
        with first.open("a", encoding="utf-8") as file:
            file.write("\n又一行。\n")

    return {
        "cold": measure.process(build, max(1, rounds // 3), forget),
        "no change": measure.process(build, rounds),
        "one edit": measure.process(build, rounds, edit),
        "bare parse": measure.process([PYTHON, "-c", PARSE, str(course)], rounds),
        "imports": measure.process(IMPORTS, rounds),
        "bare worker": measure.Cost(typesetting(course, max(1, rounds // 3)), 0.0),
    }


def typesetting(course: Path, rounds: int) -> float:
    """Seconds that Node takes for the distinct formulas of the course, in as many processes as a build starts."""
    folder = Folder(course)
    setting = prepare(folder, config.load(folder)[0])
    decks = (load(path.relative_to(course).as_posix(), setting.around) for path in (course / "slides").glob("*.md"))
    formulas = dict.fromkeys(hole for deck in decks for hole in deck.holes if isinstance(hole, Formula))
    jobs = [{"kind": "tex", "source": formula.tex, "display": formula.display} for formula in formulas]
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        with Worker(lambda: setting.tools).running(jobs, setting.tex) as told:
            deque(told, maxlen=0)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def own(rounds: int) -> dict[str, measure.Cost]:
    """The project's own course, in which nothing has changed."""
    build = [PYTHON, str(ROOT / "build.py"), str(ROOT), "--quiet"]
    return {"no change": measure.process(build, rounds, output=False), "imports": measure.process(IMPORTS, rounds)}


def main() -> None:
    """Measure the deck, if one is named, and synthetic courses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("deck", nargs="?", type=Path)
    parser.add_argument("--slides", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    measure.compiled()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        courses = {}
        if options.deck:
            courses[options.deck.name] = Path(folder, "deck")
            (courses[options.deck.name] / "slides").mkdir(parents=True)
            shutil.copy(options.deck, courses[options.deck.name] / "slides")
        for count in options.slides:
            courses[f"{count} slides"] = Path(folder, str(count))
            synthetic.write(courses[f"{count} slides"], count)
        for name, course in courses.items():
            found = costs(course, options.rounds)
            parse, start, both = (found[kind].seconds for kind in ("bare parse", "imports", "bare worker"))
            both += parse
            for kind in ("cold", "no change", "one edit", "bare worker", "bare parse"):
                cost = found[kind]
                ratios = [cost.seconds / parse, cost.seconds / start, cost.seconds / both]
                rows.append([name, kind, cost.seconds, *ratios, cost.memory])
    found = own(options.rounds)
    cost, start = found["no change"], found["imports"].seconds
    rows.append(["this course", "no change", cost.seconds, "", cost.seconds / start, "", cost.memory])
    head = ["course", "build", "s", "× bare parse", "× imports", "× worker and parse", "MiB"]
    measure.table("Builds", head, rows)


if __name__ == "__main__":
    main()
