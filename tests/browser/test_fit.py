"""How large listings are on slides: all of a listing is seen, as large as there is room for."""

import shutil
from pathlib import Path

import pytest

from kejian.pipeline import Options, build

sync_api = pytest.importorskip("playwright.sync_api", reason="pip install playwright to test pages in a browser")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium on PATH; apt-get install chromium to test pages in it"),
]
SHOWN = """[...document.querySelectorAll(".body")].map((body) => {
  const pre = body.querySelector("pre");
  return [Number(body.style.getPropertyValue("--listing")), pre.scrollWidth - pre.clientWidth < 2];
})"""


def slide(rows, columns):
    return f"<!-- slide -->\n\n```python\n{chr(10).join(['x' * columns] * rows)}\n```\n\n"


@pytest.mark.parametrize("rows, columns, expected", [
    (3, 40, [1.25, True]),
    (3, 75, [1.05, True]),
    (3, 90, [0.85, True]),
    (3, 140, [0, False]),
    (24, 40, [1.1, True]),
    (60, 40, [0, True]),
])  # fmt: skip
def test_a_listing_is_as_large_as_all_of_it_shows(tmp_path, rows, columns, expected):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/code.md").write_text(slide(rows, columns), encoding="utf-8")
    assert build(Options(tmp_path, tmp_path / "site")).diagnostics == ()
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=Path(BROWSER), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto((tmp_path / "site/slides/code.html").as_uri())
        page.wait_for_selector(".reveal.ready")
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(100)
        assert page.evaluate(SHOWN) == [expected]
        browser.close()
