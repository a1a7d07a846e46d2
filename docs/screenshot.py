"""Takes the picture of the README: a slide of the guide, with where its output comes from.

python docs/screenshot.py     # after `make site`; needs Chromium
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from kejian.browser import chromium  # noqa: E402 -- the line above finds it in a checkout


def main() -> None:
    """Open the slide that shows `pooling.both`, then its provenance."""
    page_file = ROOT / "site" / "slides" / "guide.html"
    with chromium.launched() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(page_file.as_uri())
        page.wait_for_selector(".reveal.ready")
        page.evaluate(
            """() => {
              const shown = [...document.querySelectorAll("[data-call='pooling.both()']")].at(-1).closest("section");
              const { h, v } = Reveal.getIndices(shown);
              Reveal.slide(h, v);
            }"""
        )
        page.wait_for_timeout(500)
        page.keyboard.press("i")
        page.wait_for_timeout(500)
        page.screenshot(path=ROOT / "docs" / "slide.png")


if __name__ == "__main__":
    main()
