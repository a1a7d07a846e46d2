"""How large listings are on slides: all of a listing is seen, as large as there is room for."""

import shutil
from pathlib import Path

import pytest

from kejian.pipeline.build import Options, build

sync_api = pytest.importorskip("playwright.sync_api", reason="pip install playwright to test pages in a browser")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium on PATH; apt-get install chromium to test pages in it"),
]
HOUSE = 'theme = "kejian"\n'
SHOWN = """[...document.querySelectorAll(".body")].map((body) => {
  const pre = body.querySelector("pre");
  return [Number(body.style.getPropertyValue("--listing")), pre.scrollWidth - pre.clientWidth < 2];
})"""


def slide(rows, columns):
    return f"<!-- slide -->\n\n```python\n{chr(10).join(['x' * columns] * rows)}\n```\n\n"


@pytest.mark.parametrize("rows, columns, expected", [
    (3, 40, [1, True]),
    (3, 75, [1, True]),
    (3, 90, [0.8334, True]),
    (3, 140, [0, False]),
    (24, 40, [0, True]),
    (60, 40, [0, True]),
])  # fmt: skip
def test_a_listing_is_as_large_as_all_of_it_shows(tmp_path, rows, columns, expected):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/code.md").write_text(slide(rows, columns), encoding="utf-8")
    (tmp_path / "kejian.toml").write_text(HOUSE)
    assert build(Options(course=tmp_path, out=tmp_path / "site")).diagnostics == ()
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=Path(BROWSER), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto((tmp_path / "site/slides/code.html").as_uri())
        page.wait_for_selector(".reveal.ready")
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(100)
        assert page.evaluate(SHOWN) == [expected]
        browser.close()


# Counts, not times: how often a slide is fitted, and how many layouts the page needs until it stands.
COUNTED = """
  window.fits = 0;
  let fit;
  window.kejian = {};
  Object.defineProperty(window.kejian, "fit", {
    set: (found) => (fit = (slide) => ((window.fits += 1), found(slide))),
    get: () => fit,
  });
"""
BODIES = {
    "formulas": lambda n: "\n\n".join(f"$$ \\frac{{x_{k}}}{{y}} $$" for k in range(n)),
    "formulas in a line": lambda n: " ".join(f"字 $x_{k}$" for k in range(n)),
    "lines": lambda n: "```python\n" + "\n".join(f"x{k} = f({k})" for k in range(n)) + "\n```",
    "rows": lambda n: "| a | b |\n|---|---|\n" + "\n".join(f"| {k} | b |" for k in range(n)),
    "items": lambda n: "\n".join(f"- {k}" for k in range(n)),
    "paragraphs": lambda n: "\n\n".join(f"字 {k}" for k in range(n)),
    "listings": lambda n: "\n\n".join(f"```python\nx{k} = 1\ny = 2\n```" for k in range(n)),
}


def opened(browser, site, path):
    """A page that stands, and what it took: fits, layouts, and the elements that were styled for its first slide."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.add_init_script(COUNTED)
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable")
    page.goto((site / path).as_uri())
    page.wait_for_selector(".reveal.ready")
    page.evaluate("document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 200)))")
    taken = {one["name"]: one["value"] for one in metrics.send("Performance.getMetrics")["metrics"]}
    return page, page.evaluate("window.fits"), taken["LayoutCount"]


@pytest.fixture
def deck_of(tmp_path):
    """Opens the deck of a text as `opened` does, in the house style or as a plain page of reveal.js."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=Path(BROWSER), args=["--no-sandbox"])

        def opener(text, settings=HOUSE):
            (tmp_path / "slides").mkdir(exist_ok=True)
            (tmp_path / "kejian.toml").write_text(settings)
            (tmp_path / "slides/a.md").write_text(text, "utf-8")
            assert not build(Options(course=tmp_path, out=tmp_path / "site")).failed
            return opened(browser, tmp_path / "site", "slides/a.html")

        yield opener
        browser.close()


@pytest.mark.parametrize("kind", BODIES)
def test_a_slide_is_fitted_a_few_times_with_a_few_layouts_however_much_is_on_it(tmp_path, kind):
    sizes = (20, 200, 1000)
    (tmp_path / "slides").mkdir()
    for n in sizes:
        text = f"<!-- slide -->\n\n{BODIES[kind](n)}\n\n<!-- slide -->\n\n# 二\n"
        (tmp_path / f"slides/a{n}.md").write_text(text, "utf-8")
    assert not build(Options(course=tmp_path, out=tmp_path / "site")).failed
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=Path(BROWSER), args=["--no-sandbox"])
        for n in sizes:
            _, fits, layouts = opened(browser, tmp_path / "site", f"slides/a{n}.html")
            assert 1 <= fits <= 4
            assert layouts <= 60
        browser.close()


@pytest.mark.parametrize("settings", [HOUSE, ""], ids=["house", "plain"])
def test_of_a_slide_that_is_far_too_long_the_rest_comes_as_it_is_scrolled_to_and_nothing_is_lost(
    tmp_path, deck_of, settings
):
    items = "\n".join(f"- 第 {k} 条" for k in range(6000))
    code = "```python\n" + "\n".join(f"x{k} = f({k})" for k in range(2000)) + "\n```"
    text = f"<!-- slide -->\n\n{items}\n\n<!-- slide -->\n\n{code}\n\n<!-- slide -->\n\n- 一\n- 二\n"
    page, _, _ = deck_of(text, settings)
    shown = "[...document.querySelectorAll('.present li')].filter((one) => one.checkVisibility()).length"
    assert page.evaluate(shown) == 300
    assert page.evaluate("document.querySelector('.present .body').matches('.many.overflowing')")
    for most in (600, 900):
        page.evaluate("document.querySelector('.present .body').scrollTop = 1e6")
        page.wait_for_timeout(200)
        assert page.evaluate(shown) == most
    assert page.evaluate("document.querySelectorAll('.slides li').length") == 6002
    page.evaluate("Reveal.slide(1)")
    page.wait_for_timeout(300)
    pre = "document.querySelector('.present pre')"
    assert page.evaluate(f"{pre}.textContent.trim().split('\\n').length") == 2000
    below = "Number(/[0-9]+/.exec(document.querySelector('.present .more').textContent)[0])"
    assert 1960 < page.evaluate(below) < 1995
    page.evaluate(f"{pre}.scrollTop = 1e6")
    page.wait_for_timeout(200)
    assert 1650 < page.evaluate(below) < 1710, "those that have come are scrolled to next"
    page.goto((tmp_path / "site/slides/a.html").as_uri() + "?view=reading")
    assert page.evaluate("[...document.querySelectorAll('li')].filter((one) => one.checkVisibility()).length") > 6000


@pytest.mark.parametrize("settings", [HOUSE, ""], ids=["house", "plain"])
def test_of_few_parts_that_hold_much_the_rest_waits_until_the_slide_is_full(deck_of, settings):
    wide = " + ".join(f"a_{{{k}}}" for k in range(60))
    formulas = "\n\n".join(f"$$ x_{{{k}}} = {wide} $$" for k in range(50))
    page, _, _ = deck_of(f"<!-- slide -->\n\n{formulas}\n", settings)
    shown = "[...document.querySelectorAll('.body > p')].filter((one) => one.checkVisibility()).length"
    first = page.evaluate(shown)
    assert 4 < first < 50
    assert page.evaluate("document.querySelector('.body').matches('.many.overflowing')")
    for _ in range(15):
        page.evaluate("document.querySelector('.body').scrollTop = 1e6")
        page.wait_for_timeout(100)
    assert page.evaluate(shown) == 50


@pytest.mark.parametrize("settings", [HOUSE, ""], ids=["house", "plain"])
def test_what_is_folded_is_filled_up_when_it_is_opened(deck_of, settings):
    heavy = "\n\n".join(f"$$ x_{{{k}}} = {' + '.join(f'a_{{{n}}}' for n in range(60))} $$" for k in range(12))
    page, _, _ = deck_of(f"<!-- slide -->\n\n<details>\n<summary>more</summary>\n\n{heavy}\n\n</details>\n", settings)
    assert page.evaluate("document.querySelector('.body').matches('.many')")
    page.evaluate("document.querySelector('details').open = true")
    page.wait_for_timeout(500)
    seen = "[...document.querySelectorAll('details > p')].filter((one) => one.checkVisibility()).length"
    assert page.evaluate(f"{seen} === 12 || document.querySelector('.body').matches('.overflowing')")


@pytest.mark.parametrize("settings", [HOUSE, ""], ids=["house", "plain"])
def test_of_a_text_that_is_far_too_long_the_rest_comes_as_it_is_scrolled_to_and_nothing_is_lost(deck_of, settings):
    texts = ["shown-words" * 40_000, "\n".join(f"a{k:08}" for k in range(20_000))]
    text = "\n\n".join(f"<!-- slide -->\n\n<pre><code>{one}</code></pre>" for one in texts)
    page, _, layouts = deck_of(text, settings)
    assert layouts <= 60
    code = "[...document.querySelectorAll('.slides pre > code')]"
    assert page.evaluate(f"{code}.map((one) => one.textContent.trim())") == texts
    shown = f"{code}.map((one) => one.innerText.length)"
    assert page.evaluate(shown)[0] == 20_000
    page.evaluate("document.querySelector('.present pre').scrollLeft = 1e6")
    page.wait_for_timeout(200)
    assert page.evaluate(shown)[0] == 40_000
    page.evaluate("Reveal.slide(1)")
    page.wait_for_timeout(300)
    below = "Number(/[0-9]+/.exec(document.querySelector('.present .more').textContent)[0])"
    assert 19_960 < page.evaluate(below) < 19_995, "what has not come yet is below, too"


def test_a_picture_that_comes_late_has_its_slide_fitted_anew(tmp_path, deck_of):
    (tmp_path / "slides").mkdir()
    rows = "\n".join(f"- 第 {k} 条" for k in range(8))
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="600"><rect width="9" height="9"/></svg>'
    (tmp_path / "slides/p.svg").write_text(picture)
    page, _, _ = deck_of(f"<!-- slide -->\n\n{rows}\n\n![图](p.svg)\n")
    over = "document.querySelector('.body').scrollHeight - document.querySelector('.body').clientHeight"
    assert page.evaluate(over) <= 1
    assert page.evaluate("document.querySelector('.body img').style.getPropertyValue('--tall')") != ""


@pytest.mark.parametrize(("lines", "smaller"), [(9, False), (12, True)])
def test_a_plain_slide_is_made_smaller_only_where_it_leaves_the_screen(deck_of, lines, smaller):
    text = "\n\n".join(f"第 {k} 行" for k in range(lines))
    page, _, _ = deck_of(f"<!-- slide -->\n\n{text}\n", "")
    slide = page.evaluate("""() => {
      const { top, bottom } = document.querySelector(".body > p:last-child").getBoundingClientRect();
      const size = parseFloat(getComputedStyle(document.querySelector(".body")).fontSize);
      return [size < 42, bottom <= innerHeight, top > 0];
    }""")
    assert slide == [smaller, True, True]


def test_a_plain_slide_that_ends_with_a_listing_is_as_large_as_it_may_be(deck_of):
    listings = "\n\n".join("```\nx = 1\n```" for _ in range(4))
    page, _, _ = deck_of(f"<!-- slide -->\n\n# Title\n\nText\n\n{listings}\n", "")
    body = "document.querySelector('.body')"
    assert page.evaluate(f"{body}.classList.contains('overflowing')") is False
    assert page.evaluate(f"{body}.style.getPropertyValue('--text')") == ""


@pytest.mark.parametrize(("settings", "cells"), [(HOUSE, 20), ("", 14)], ids=["house", "plain"])
def test_a_table_wider_than_its_slide_has_smaller_letters(deck_of, settings, cells):
    grid = "".join(f"<td>{n}00</td>" for n in range(cells))
    box = f'<div class="output"><div class="output-matrix"><table><tr>{grid}</tr></table></div></div>'
    page, _, _ = deck_of(f"<!-- slide -->\n\n{box}\n", settings)
    shown = """[document.querySelector(".output-matrix"), parseFloat(document.querySelector("table").style.fontSize)]"""
    assert page.evaluate(f"(([box, size]) => [box.scrollWidth - box.clientWidth, size > 10])({shown})") == [0, True]


WORD = """[...document.querySelectorAll(".slides h1")].map((one) => {
  const range = document.createRange();
  range.selectNodeContents(one);
  return [range.getClientRects().length, one.scrollWidth - one.clientWidth < 2, one.style.fontSize];
})"""


def test_a_heading_with_a_word_that_is_too_long_is_smaller_and_whole(deck_of):
    slides = "".join(f"<!-- slide -->\n\n# {words}\n\n" for words in ("Convolution", "Stride", "卷" * 30))
    page, *_ = deck_of(f"---\npresentation:\n  theme: league.css\n---\n{slides}", "")
    page.wait_for_timeout(300)
    long, short, chinese = page.evaluate(WORD)
    assert long[:2] == [1, True]
    assert long[2].endswith("px")
    assert short == [1, True, ""]
    assert chinese[1:] == [True, ""]
