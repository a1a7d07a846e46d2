"""How decks look: as their authors' own sheets say, as reveal.js' themes are known, or as the house has it."""

import shutil

import pytest

from kejian.core import themes
from kejian.pipeline.build import Options, build
from tests.browser.conftest import ROOT, until
from tests.browser.plain_page import PLACES, differing, written

pytestmark = pytest.mark.slow

AUTHOR = ROOT / "tests/fixtures/author-css"
SHEETS = ("look/icons.css", "look/colours.css", "look/lecture.css")
BOX = """(one) => {
  const { left, top, right, bottom } = one.getBoundingClientRect();
  return [left, top, right, bottom];
}"""
GROUND = "getComputedStyle(document.querySelector('.reveal-viewport')).background"

DECK = """---
presentation:
  theme: THEME.css
  transition: none
---
<!-- slide -->

# Heading one

## Heading two

Some text with a [link](https://example.org), `code`, **bold** and *slanted* words.

<!-- slide -->

### Heading three

- one
- two
  - within

1. first
2. second

<!-- slide -->

#### Heading four

| a | b |
|---|--:|
| 1 | 22 |

> A quotation of some words

```python
x = 1
print(x)
```
"""


@pytest.fixture(scope="module")
def authors(tmp_path_factory):
    """The course whose author brings style sheets for everything."""
    course = tmp_path_factory.mktemp("author") / "course"
    shutil.copytree(AUTHOR, course)
    return built(course)


@pytest.fixture(scope="module")
def themed(tmp_path_factory):
    """A deck in each of reveal.js' themes."""
    course = tmp_path_factory.mktemp("themes") / "course"
    (course / "slides").mkdir(parents=True)
    for theme in themes.REVEAL:
        (course / f"slides/{theme}.md").write_text(DECK.replace("THEME", theme), "utf-8")
    return built(course)


def built(course):
    report = build(Options(course=course, out=course / "site", trusted=True))
    assert not report.diagnostics
    return course / "site"


def scaled(page):
    return page.evaluate("Reveal.getScale()")


def opened(visit, site, h=0, v=1):
    page = visit("slides/lecture.html", site=site)
    page.evaluate(f"Reveal.slide({h}, {v})")
    until(page, f"Reveal.getIndices().h === {h}")
    return page, lambda selector: page.locator(f"section.slide.present {selector}").first.evaluate(BOX)


def test_an_author_s_deck_is_where_a_plain_page_of_reveal_has_it(visit, authors):
    page = visit("slides/lecture.html", site=authors)
    ours = page.evaluate(PLACES)
    own = page.evaluate(GROUND)
    page.goto(f"{authors.as_uri()}/{written(page, authors, 'lecture', 'white', SHEETS)}")
    until(page, "Reveal.isReady()")
    assert own == page.evaluate(GROUND)
    assert [found for found in differing(ours, page.evaluate(PLACES)) if found[1][0] != "P.with-icon"] == []


def test_the_title_stands_at_the_left_and_the_logo_at_the_right(visit, authors):
    page, box = opened(visit, authors)
    title, logo, scale = box(".title"), box("img.hust"), scaled(page)
    slide = page.locator("section.slide.present").evaluate(BOX)
    assert title[0] - slide[0] == pytest.approx(32 * scale, abs=2)
    assert slide[2] - logo[2] == pytest.approx(32 * scale, abs=2)
    assert title[1] == pytest.approx(logo[1], abs=2)
    assert title[1] - slide[1] == pytest.approx(14 * scale, abs=2)
    assert title[2] - title[0] == pytest.approx(0.54 * 896 * scale, abs=2)


def test_each_cell_of_the_footer_is_a_line_at_its_anchor(visit, authors):
    page, box = opened(visit, authors)
    scale, footer = scaled(page), box(".footer")
    assert footer[3] - footer[1] == pytest.approx(40 * scale, abs=1)
    text = """(cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      const { left, right } = range.getBoundingClientRect();
      return [left, right, cell.clientHeight];
    }"""
    cells = [page.locator(f"section.slide.present .bottom_{name}") for name in ("left", "center", "right")]
    left, center, right = (cell.evaluate(text) for cell in cells)
    assert {round(cell[2]) for cell in (left, center, right)} == {26}, "one line each"
    assert left[0] == pytest.approx(footer[0], abs=1)
    assert (center[0] + center[1]) / 2 == pytest.approx((footer[0] + footer[2]) / 2, abs=2)
    assert right[1] == pytest.approx(footer[2], abs=2)


def test_what_fits_on_a_plain_page_is_neither_scrolled_nor_made_smaller(visit, authors):
    page, _ = opened(visit, authors, 1, 0)
    body = page.locator("section.slide.present .body")
    assert body.get_attribute("class") == "body"
    assert body.evaluate("(body) => getComputedStyle(body).fontSize") == "30px"


def test_an_icon_is_drawn_once(visit, authors):
    page, _ = opened(visit, authors)
    icon = page.locator("section.slide.present i.fa")
    assert icon.locator("svg").count() == 1
    assert icon.evaluate("(icon) => getComputedStyle(icon, '::before').content") == "none"


@pytest.mark.parametrize("theme", themes.REVEAL)
def test_a_deck_without_a_style_of_its_own_looks_as_its_theme_does(visit, themed, theme):
    page = visit(f"slides/{theme}.html", site=themed)
    ours = page.evaluate(PLACES)
    own = page.evaluate(GROUND)
    page.goto(f"{themed.as_uri()}/{written(page, themed, theme, theme)}")
    until(page, "Reveal.isReady()")
    assert differing(ours, page.evaluate(PLACES)) == []
    assert own == page.evaluate(GROUND)


OUTPUTS = """---
presentation: {theme: white.css, transition: none}
---
<!-- slide -->

# One

<div class="output">
<div class="output-table"><table><tbody><tr><td>a</td><td class="number">1</td></tr>
<tr><td>b</td><td class="number">1,000</td></tr></tbody></table></div>
<img class="output-picture" src="dot.svg" alt="x">
</div>
"""


def test_outputs_keep_their_shape_in_the_look_of_reveal_s_themes(tmp_path, chromium):
    (tmp_path / "slides").mkdir()
    (tmp_path / "kejian.toml").write_text('language = "en"\n', "utf-8")
    (tmp_path / "slides/a.md").write_text(OUTPUTS, "utf-8")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="90" height="60"/></svg>'
    (tmp_path / "slides/dot.svg").write_text(drawing, "utf-8")
    assert build(Options(course=tmp_path, out=tmp_path / "site")).diagnostics == ()
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    page.goto((tmp_path / "site/slides/a.html").as_uri())
    until(page, "window.Reveal && Reveal.isReady()")
    assert page.evaluate("getComputedStyle(document.querySelector('.number')).textAlign") == "right"
    left, _, right, _ = page.evaluate(f"({BOX})(document.querySelector('.output-picture'))")
    assert abs((left + right) / 2 - 640) < 8
    page.close()
