"""The lecture as a text to read: on phones, for screen readers, without scripts, on paper."""

import itertools

import pytest

from kejian.core.toolchain import locate
from kejian.pipeline.build import Options, build
from tests.browser.conftest import settled, until

pytestmark = pytest.mark.slow

READING = "slides/cnn.html?view=reading"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
VIEW = "document.documentElement.dataset.view"
IDS = "[...document.querySelectorAll('.slides section.slide')].map((slide) => slide.id)"
AT_TOP = """(name) => {
  const { top } = document.getElementById(name).getBoundingClientRect();
  const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
  return (top >= -1 && top < 60) || (atEnd && top > 0 && top < innerHeight);
}"""
SMALL = """[...document.querySelectorAll(".slides *")].filter((one) =>
  !one.closest("svg, math, sub, sup, .provenance, .problem, .footer, .footnote-ref")
  && [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
  && one.checkVisibility() && parseFloat(getComputedStyle(one).fontSize) < 16
  && !one.matches("small, code")).map((one) => one.outerHTML.slice(0, 80))"""
LEVELS = """[...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")]
  .filter((one) => one.role !== "none" && one.checkVisibility())
  .map((one) => Number(one.ariaLevel ?? one.tagName[1]))"""
DECK = """---
presentation:
  enableSpeakerNotes: false
---
<!-- slide data-notes="给讲者看的" -->

# 一

<p class="fragment">后来才出现</p>
<p class="fragment fade-out">会消失</p>
<p style="position: absolute; top: 400px">放在某处</p>

<!-- slide data-visibility="hidden" -->

# 藏起来的

<!-- slide id="second" -->

# 二

| 很长 | 的表 |
|---|---|
| aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb |

#### 跳过一级
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A deck of what only slides have: steps, a hidden slide, places; and a title on each slide."""
    course = tmp_path_factory.mktemp("small")
    (course / "slides").mkdir()
    (course / "slides/a.md").write_text(DECK, encoding="utf-8")
    assert build(Options(course=course, out=course / "site")).diagnostics == ()
    return course / "site"


def test_every_slide_is_there_in_order_and_shown(visit):
    page = visit(READING)
    assert page.evaluate("typeof Reveal.isReady === 'function' && !Reveal.isReady()")
    slides = "[...document.querySelectorAll('section.slide')]"
    tops = page.evaluate(f"{slides}.map((one) => one.getBoundingClientRect().top)")
    assert len(tops) == len(page.evaluate(IDS)) > 60
    assert tops == sorted(tops)
    assert page.evaluate("[...document.querySelectorAll('section.slide .body')].every((one) => one.clientHeight > 20)")


def test_steps_and_places_of_slides_are_text_like_any_other(visit, small):
    page = visit("slides/a.html?view=reading", small)
    for words in ("后来才出现", "会消失", "放在某处"):
        assert page.get_by_text(words).is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('[style*=absolute]')).position") == "static"
    assert page.get_by_text("藏起来的").count() == 0
    assert page.locator(".said").count() == 0  # the deck wants no speaker view


@pytest.mark.parametrize("path", [READING, "slides/guide.html?view=reading"])
def test_reading_view_has_one_title_and_skips_no_heading_level(visit, path):
    levels = visit(path).evaluate(LEVELS)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_a_title_on_each_slide_is_one_title_for_readers(visit, small):
    assert visit("slides/a.html?view=reading", small).evaluate(LEVELS) == [1, 2, 3]


def test_reading_view_has_landmarks_and_formulas_as_mathml(visit):
    page = visit(READING)
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("navigation", name="目录").count() == 1
    assert page.get_by_role("region").count() == 0
    assert "math: ( f ∗ g ) [ n ] = ∑" in page.locator("#s2\\.1").aria_snapshot()
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    assert sum(node["role"]["value"] == "MathMLMath" for node in nodes) == page.locator("math").count() > 50


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["cnn", "guide"])
def test_axe_finds_nothing(visit, name, theme):
    page = visit(f"slides/{name}.html?view=reading", bypass_csp=True)
    page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
    page.evaluate("document.querySelectorAll('details:not(.provenance)').forEach((one) => { one.open = true; })")
    page.evaluate((locate().module("axe-core") / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'], preload: false })")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


def test_the_contents_lead_to_the_slides(visit):
    page = visit(READING)
    links = page.locator(".contents a")
    assert links.count() > 40
    links.get_by_text("一维卷积", exact=False).first.click()
    assert page.evaluate("location.hash") == "#/s2.1"
    assert page.evaluate(AT_TOP, "s2.1")
    assert page.evaluate("document.activeElement.id") == "s2.1"


def test_a_reader_may_skip_the_contents(visit):
    page = visit(READING)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "s0.0"


def test_the_address_of_every_slide_leads_to_it(visit):
    page = visit(READING)
    for name in reversed(page.evaluate(IDS)):
        page.evaluate("(name) => { location.hash = `#/${encodeURIComponent(name)}`; }", name)
        until(page, f"({AT_TOP})({name!r})")


@pytest.mark.parametrize(
    ("address", "slide"), [("#/2/1", "s2.1"), ("#/3", "s3.0"), ("#/s4.2", "s4.2"), ("#s4.2", "s4.2")]
)
def test_an_address_of_either_form_is_understood_on_arrival(visit, address, slide):
    assert visit(READING + address).evaluate(AT_TOP, slide)


def test_numbers_in_an_address_count_as_they_do_on_slides(visit, small):
    assert visit("slides/a.html#/1", small).evaluate("Reveal.getCurrentSlide().id") == "second"
    assert visit("slides/a.html?view=reading#/1", small).evaluate("document.activeElement.id") == "second"


def test_both_views_keep_the_place(visit):
    page = visit("slides/cnn.html#/s4.2")
    page.keyboard.press("r")
    until(page, f"{VIEW} === 'reading'")
    settled(page)
    until(page, f"({AT_TOP})('s4.2')")
    page.evaluate("document.getElementById('s6.1').scrollIntoView()")
    page.click(".view-toggle")
    until(page, f"{VIEW} === 'slides'")
    settled(page)
    assert page.evaluate("Reveal.getCurrentSlide().id") == "s6.1"


def test_the_address_follows_the_reader(visit):
    page = visit(READING)
    page.evaluate("document.getElementById('s5.1').scrollIntoView()")
    until(page, "location.hash === '#/s5.1'")
    page.evaluate("scrollTo(0, 0)")
    until(page, "location.hash === ''")


def test_a_phone_shows_the_text_large_enough_and_never_wider_than_itself(visit):
    page = visit("slides/cnn.html", **PHONE)
    assert page.evaluate(VIEW) == "reading"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(SMALL) == []
    assert page.evaluate("[...document.querySelectorAll('img, svg.diagram')].every((one) => one.clientWidth <= 390)")


def test_on_a_phone_columns_stand_below_each_other_in_full_width(visit, tmp_path):
    (tmp_path / "slides").mkdir()
    column = "::: {.column width=30%}\nwords\n:::\n"
    text = f"<!-- slide -->\n\n::: {{.columns}}\n{column * 2}:::\n"
    (tmp_path / "slides/a.md").write_text(text, "utf-8")
    assert build(Options(course=tmp_path, out=tmp_path / "site")).diagnostics == ()
    page = visit("slides/a.html", site=tmp_path / "site", **PHONE)
    whole, *columns = page.evaluate(
        "[...document.querySelectorAll('.slides :is(.columns, .column)')].map((one) => one.clientWidth)"
    )
    assert columns == [whole, whole]


def test_what_is_wide_scrolls_in_its_own_box_with_the_keys(visit):
    page = visit("slides/cnn.html", **PHONE)
    boxes = "[...document.querySelectorAll('pre, .formula.display')]"
    boxes += ".filter((one) => one.scrollWidth > one.clientWidth + 1)"
    assert page.evaluate(f"{boxes}.length") > 10
    assert page.evaluate(f"{boxes}.every((one) => one.tabIndex === 0)")


def test_on_a_phone_the_buttons_make_room_while_the_reader_goes_on(visit):
    page = visit("slides/cnn.html#/s1.1", **PHONE)
    shown = "document.querySelector('.corner').getBoundingClientRect().bottom <= innerHeight"
    assert page.evaluate(shown)
    page.evaluate("scrollBy(0, 900)")
    until(page, f"!({shown})")
    page.evaluate("scrollBy(0, -100)")
    until(page, shown)


def test_a_phone_may_choose_slides_and_come_back(visit):
    page = visit("slides/cnn.html#/s1.1", **PHONE)
    page.click(".view-toggle")
    until(page, f"{VIEW} === 'slides'")
    settled(page)
    assert page.locator(".scroll-page").count() == len(page.evaluate(IDS))
    until(page, "document.getElementById('s1.1').getBoundingClientRect().top >= 0")
    until(page, "document.getElementById('s1.1').getBoundingClientRect().bottom < innerHeight")
    page.click(".view-toggle")
    until(page, f"{VIEW} === 'reading'")
    until(page, "document.activeElement.id === 's1.1'")


@pytest.mark.parametrize("query", ["?view=print", "?view=slides", "?receiver", "?view=scroll"])
def test_view_parameter_shows_slides_on_a_narrow_screen(visit, query):
    assert visit(f"slides/cnn.html{query}", **PHONE).evaluate(VIEW) == "slides"


def test_speaker_notes_open_below_their_slide(visit):
    page = visit(READING)
    notes = page.locator("#s0\\.1 .said")
    assert not notes.get_by_text("前半讲卷积本身").is_visible()
    notes.locator("summary").click()
    assert notes.get_by_text("前半讲卷积本身").is_visible()


def test_the_keys_of_the_reader(visit):
    page = visit(READING)
    page.keyboard.press("d")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.keyboard.press("?")
    assert page.get_by_role("row", name="R 阅读视图或幻灯片").is_visible()
    assert page.get_by_role("row", name="激光笔").count() == 0  # is for slides
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    assert page.locator(".pointer-dot").is_hidden()


def test_without_scripts_the_lecture_is_a_text(visit):
    page = visit("slides/cnn.html#s4.2", java_script_enabled=False)
    assert page.locator("section.slide .body").count() > 60
    for name in ("s0.0", "s1.1", "s4.2"):
        assert page.locator(f"[id='{name}'] .body").is_visible()
    assert 0 <= page.locator("[id='s4.2']").bounding_box()["y"] < 60
    assert page.locator("aside.notes").first.is_hidden()
    assert page.locator(".corner .home").is_visible()
    assert page.locator(".corner button").first.is_hidden()
    assert page.locator(".copy").count() == 0


def test_on_paper_it_is_a_text_of_all_slides(visit):
    pdfium = pytest.importorskip("pypdfium2", reason="pip install pypdfium2 to read what was printed")
    page = visit(READING)
    document = pdfium.PdfDocument(page.pdf(format="A4"))
    text = "".join(one.get_textpage().get_text_bounded() for one in document)
    assert 10 < len(document) < 60
    assert "局部连接 权值共享" in text
    assert "在大数据上训练好的网络" in text
    assert "讲稿" not in text


@pytest.mark.parametrize("view", ["", "?view=reading", "?view=print"])
def test_the_result_of_a_derivation_stands_in_a_box_in_every_view(visit, tmp_path, view):
    (tmp_path / "slides").mkdir()
    (tmp_path / "kejian.toml").write_text('theme = "kejian"\n', "utf-8")
    text = '<!-- slide class="derivation" -->\n\n# A\n\n$$\nx = a\n$$\n\n$$\nx = b\n$$\n'
    (tmp_path / "slides/a.md").write_text(text, "utf-8")
    assert not build(Options(course=tmp_path, out=tmp_path / "site")).failed
    page = visit(f"slides/a.html{view}", site=tmp_path / "site")
    until(page, "document.querySelectorAll('.line.last > .box').length === 1")
    around = """(box) => {
      const [outer, inner] = [box, box.previousElementSibling].map((one) => one.getBoundingClientRect());
      const { fill, stroke } = getComputedStyle(box);
      const wide = [outer.left < inner.left, outer.top < inner.top, outer.right > inner.right];
      return [...wide, outer.bottom > inner.bottom, fill === "none", stroke !== "none"];
    }"""
    assert page.evaluate(f"({around})(document.querySelector('.line.last > .box'))") == [True] * 6
