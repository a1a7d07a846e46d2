"""When a reader sees the first slide, and when the whole deck is ready: our page beside another tool's page.

    python benchmarks/bench_first_slide.py OURS.html THEIRS.html [--rounds 10]

Both are opened from their folders, in turns, each time in a new Chromium with a new profile and without a network.
Times are milliseconds after the navigation began:

first paint    the browser's first contentful paint, whatever it shows
first slide    the present slide stands in the window, each of its texts is uncovered where it stands and has its
               letters, its pictures are there, no TeX source is left on it
whole deck     the page and its files are loaded, every formula of the deck is typeset (where the page runs MathJax: its
               start-up promise is fulfilled)

The last two must hold in two frames one after the other; the time is the second one's. A first slide without a formula
does not wait for MathJax, on either page.

MPE's page is made by `mpe_export.mjs`, which says how. That page loads reveal.js 4.0.2 and MathJax 3 (`tex-mml-chtml`,
not waited for by the slides) from the export's own folders and has its pictures inside; ours loads reveal.js 6.0.2, its
fonts and its pictures, and no MathJax. The export is by `@shd101wyy/mume` 0.7.9, MPE's engine before it was renamed
crossnote: what today's engine would take, this does not say.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import measure
from playwright.sync_api import Browser, Playwright, sync_playwright

KINDS = {"paint": "first paint, ms", "slide": "first slide, ms", "deck": "whole deck, ms"}
WATCH = r"""
(() => {
  const seen = (window.firstSlide = {});
  let typeset = false;
  const apart = "script, style, pre, code, mjx-container, [data-tex]";

  seen.source = (root) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (/\$[^$]+\$|\\\(|\\\[|\\begin\{/.test(data) && !parentElement.closest(apart)) return true;
    }
    return false;
  };

  function slide() {
    const present = [...document.querySelectorAll(".slides section.present")];
    return present.find((section) => !section.querySelector("section") && section.closest(".slides > .present"));
  }

  function readable() {
    const shown = slide();
    const box = shown?.getBoundingClientRect();
    if (!box?.width || !box.height || getComputedStyle(shown).visibility !== "visible") return false;
    if ([...shown.querySelectorAll("img")].some((picture) => !picture.complete) || seen.source(shown)) return false;
    const texts = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
    let read = 0;
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      const [place] = parentElement.getClientRects();
      if (!data.trim() || !place?.width) continue;
      const at = document.elementFromPoint(place.x + place.width / 2, place.y + place.height / 2);
      if (!at || !shown.contains(at) || !document.fonts.check(getComputedStyle(parentElement).font, data)) return false;
      read += 1;
    }
    return read > 0;
  }

  function whole() {
    const promise = window.MathJax?.startup?.promise;
    if (promise && !typeset) promise.then(() => (typeset = true));
    return document.readyState === "complete" && (typeset || !window.MathJax) && document.fonts.status === "loaded";
  }

  const held = {};
  function frame() {
    for (const [kind, test] of [["slide", readable], ["deck", () => seen.slide && whole()]]) {
      if (seen[kind]) continue;
      const holds = test();
      if (holds && held[kind]) seen[kind] = performance.now();
      held[kind] = holds;
    }
    if (!seen.deck) requestAnimationFrame(frame);
  }
  requestAnimationFrame(frame);
})();
"""
DONE = """async () => {
  const later = () => new Promise((resolve) => setTimeout(resolve, 20));
  while (!window.firstSlide.deck) await later();
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  const { slide, deck, source } = window.firstSlide;
  return {
    paint: paint.startTime, slide, deck,
    slides: Reveal.getTotalSlides(),
    formulas: document.querySelectorAll("mjx-container, [data-tex]").length,
    source: source(document.querySelector(".slides")),
    files: [...document.querySelectorAll("img[src], script[src]")].map((element) => element.src),
  };
}"""


@dataclass(frozen=True)
class Visit:
    """What one opening of a page took, what the page holds, and the local files it loads or refers to."""

    times: dict[str, float]
    holds: str
    files: frozenset[Path]
    refused: int


def chromium(playwright: Playwright) -> Browser:
    """A new browser without a network."""
    program = os.environ.get("PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH") or shutil.which("chromium")
    return playwright.chromium.launch(
        executable_path=program,
        args=["--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"],
        chromium_sandbox=False,
    )


def visit(playwright: Playwright, page_file: Path) -> Visit:
    """Open the page in a new browser."""
    browser = chromium(playwright)
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    page.add_init_script(WATCH)
    page.wait_for_timeout(500)  # the browser's own start
    page.goto(page_file.resolve().as_uri(), wait_until="commit")
    found = page.evaluate(DONE)
    browser.close()
    if found["source"]:
        sys.exit(f"{page_file}: some TeX is not typeset")
    local = {Path(url2pathname(urlsplit(url).path)) for url in [*urls, *found["files"]] if url.startswith("file:")}
    return Visit(
        {kind: float(found[kind]) for kind in KINDS},
        f"{found['slides']} slides, {found['formulas']} formulas",
        frozenset(path for path in local if path.is_file()),
        sum(urlsplit(url).scheme in {"http", "https"} for url in urls),
    )


def spread(times: list[float]) -> str:
    """The median and, in brackets, the quartiles."""
    low, middle, high = statistics.quantiles(times, n=4, method="inclusive")
    return f"{middle:.0f} ({low:.0f}–{high:.0f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ours", type=Path)
    parser.add_argument("theirs", type=Path)
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    pages = (options.ours, options.theirs)
    visits: dict[Path, list[Visit]] = {page: [] for page in pages}
    with sync_playwright() as playwright:
        for page in pages:
            visit(playwright, page)  # the files come from the disk once
        for n in range(max(2, options.rounds)):
            for page in pages if n % 2 else reversed(pages):
                visits[page].append(visit(playwright, page))
    ours, theirs = visits.values()
    rows: list[list[object]] = []
    for kind, title in KINDS.items():
        times = [[one.times[kind] for one in side] for side in (ours, theirs)]
        ratio = statistics.median(times[0]) / statistics.median(times[1])
        rows.append([title, spread(times[0]), spread(times[1]), ratio])
    sizes = [sum(len(gzip.compress(path.read_bytes())) for path in side[0].files) / 1e3 for side in (ours, theirs)]
    rows.append(["all files, gzipped, kB", f"{sizes[0]:.0f}", f"{sizes[1]:.0f}", sizes[0] / sizes[1]])
    rows.append(["files", len(ours[0].files), len(theirs[0].files), ""])
    rows.append(["asked of the network", ours[0].refused, theirs[0].refused, ""])
    rows.append(["holds", ours[0].holds, theirs[0].holds, ""])
    title = f"Opening a deck: medians (quartiles) of {len(ours)} rounds"
    measure.table(title, ["", "ours", "theirs", "ours / theirs"], rows)


if __name__ == "__main__":
    main()
