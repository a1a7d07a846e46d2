"""A reference leads to the slide of what it names, and numbers stand where a reader looks for them."""

import pytest

from kejian.pipeline.build import Options, build
from tests.browser.conftest import until

pytestmark = pytest.mark.slow

DECK = r"""---
presentation: {transition: none}
---
<!-- slide -->

By \eqref{eq:loss} and @tbl-a, and as \eqref{eq:other} says.

<!-- slide -->

$$ a = b \label{eq:loss} $$

$$ \begin{align} x &= 1 \label{one} \\ y &= 2 \end{align} $$

<!-- slide -->

| a | b |
|---|---|
| 1 | 2 |

: Data {#tbl-a}
"""

OTHER = r"""---
title: Other
---
<!-- slide -->

# One

<!-- slide -->

$$ c = d \label{eq:other} $$
"""


@pytest.fixture
def page(tmp_path, chromium):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.md").write_text(DECK, "utf-8")
    (tmp_path / "slides" / "b.md").write_text(OTHER, "utf-8")
    (tmp_path / "kejian.toml").write_text('language = "en"\n', "utf-8")
    report = build(Options(course=tmp_path, out=tmp_path / "site", today="2026-11-24", progress=lambda words: None))
    assert report.diagnostics == ()
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    page.goto((tmp_path / "site" / "slides" / "a.html").as_uri())
    until(page, "window.Reveal && Reveal.isReady()")
    yield page
    page.close()


@pytest.mark.parametrize(("words", "slide"), [("(1)", 1), ("Table 1", 2)])
def test_a_reference_leads_to_its_slide(page, words, slide):
    page.locator("a.reference", has_text=words).first.click()
    until(page, f"Reveal.getIndices().h === {slide}")


def test_a_reference_leads_to_the_slide_of_another_deck(page):
    page.locator("a.reference", has_text="in “Other”").click()
    until(page, "location.pathname.endsWith('/b.html') && window.Reveal && Reveal.isReady()")
    until(page, "Reveal.getIndices().h === 1")


def test_the_number_of_an_equation_stands_at_the_right_of_it(page):
    page.evaluate("Reveal.slide(1)")
    until(page, "Reveal.getIndices().h === 1")
    formula, number = (
        page.locator(f".slides section.present .equation > {name}").first.bounding_box()
        for name in (".formula", ".equation-number")
    )
    assert number["x"] >= formula["x"] + formula["width"]
    assert abs(number["y"] + number["height"] / 2 - formula["y"] - formula["height"] / 2) < 12


def test_the_caption_of_a_table_is_above_it(page):
    page.evaluate("Reveal.slide(2)")
    until(page, "Reveal.getIndices().h === 2")
    caption, row = (page.locator(f".slides section.present {name}").first.bounding_box() for name in ("caption", "tr"))
    assert caption["y"] + caption["height"] <= row["y"] + 1
