"""How long a page takes to stand whose first slide holds far too much, beside one whose first slide holds a line.

    python benchmarks/bench_overfull.py [--rounds 3]

Each is opened from its folder, in turns, in a new tab of one Chromium. Measured until the deck is ready, its first
slide is fitted and a frame has been drawn. Nobody means to show such slides; they come from a loop that was too
long, and must not keep a reader from the rest.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import measure
from bench_first_slide import chromium
from playwright.sync_api import Browser, sync_playwright

KINDS: dict[str, Callable[[], str]] = {
    "a line": lambda: "一",
    "50 formulas that are too wide": lambda: "\n\n".join(
        f"$$x = {' + '.join(f'a_{{{k}}}' for k in range(60))}$$" for _ in range(50)
    ),
    "5,000 formulas": lambda: " ".join(f"字 $x_{{{k}}}$" for k in range(5_000)),
    "20,000 lines of code": lambda: "```python\n" + "\n".join(f"x{k} = f({k})" for k in range(20_000)) + "\n```",
    "50,000 rows of a table": lambda: "| a | b |\n|---|---|\n" + "\n".join(f"| {k} | b |" for k in range(50_000)),
}
READY = """() => new Promise((done) => {
  const frame = () => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0));
  const look = () => (document.querySelector(".reveal.ready") ? frame() : setTimeout(look, 5));
  look();
})"""


def opened(browser: Browser, page_file: Path) -> float:
    """Milliseconds from the navigation until the first slide stands."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(page_file.resolve().as_uri(), wait_until="commit", timeout=120_000)
    page.set_default_timeout(120_000)
    milliseconds = float(page.evaluate(READY))
    page.close()
    return milliseconds


def built(root: Path) -> dict[str, Path]:
    """A page for each kind, each with a second slide."""
    (root / "slides").mkdir()
    for n, text in enumerate(KINDS.values()):
        (root / "slides" / f"a{n}.md").write_text(f"<!-- slide -->\n\n{text()}\n\n<!-- slide -->\n\n# 二\n", "utf-8")
    subprocess.run([sys.executable, str(measure.ROOT / "build.py"), str(root), "--quiet"], check=True)
    return {kind: root / "site" / "slides" / f"a{n}.html" for n, kind in enumerate(KINDS)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        pages = built(Path(name))
        browser = chromium(playwright)
        taken: dict[str, list[float]] = {kind: [] for kind in KINDS}
        for _ in range(options.rounds):
            for kind, page in pages.items():
                taken[kind].append(opened(browser, page))
        browser.close()
    medians = {kind: statistics.median(times) for kind, times in taken.items()}
    floor = medians["a line"]
    rows = [[kind, f"{time:.0f}", time / floor] for kind, time in medians.items()]
    measure.table("Opening a page whose first slide holds", ["", "ms", "×"], rows)


if __name__ == "__main__":
    main()
