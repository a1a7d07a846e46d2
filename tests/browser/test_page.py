"""A built site as its audience sees it: Chromium, no network, from a folder and from a server."""

import itertools
import re
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kejian.pipeline.build import Options, build
from tests.browser.conftest import until, watch

pytestmark = pytest.mark.slow

FOOTER = "\n\nFOOTER3 课程 课件 someone@example.org\n\n"
LISTING = "```python {.line-numbers}\n" + "\n".join(f"layer_{n} = conv(x, {n})" for n in range(60)) + "\n```"
WIDE = r"$$ a = " + " + ".join(f"x_{{{n}}} y_{{{n}}}" for n in range(30)) + " $$"
DECK = f"""---
presentation: {{enableSpeakerNotes: true, margin: 0, transition: none}}
---
<!-- slide data-notes="开场白" -->

<div class="header"><img class="hust"></div>

# 标题

<!-- slide vertical=true -->

HEADER 一个很长的标题说明它从不会跑到校徽的下面而是换行或者缩小字号再长一点也没有关系

设 $x \\in \\mathbb{{R}}^n$，脚注[^1]

[^1]: 说明
{FOOTER}
<!-- slide data-notes="代码" -->

HEADER 代码

{LISTING}
{FOOTER}
<!-- slide vertical=true -->

HEADER 公式与图

{WIDE}

```dot
digraph {{ rankdir=LR 卷积 -> 汇聚 -> 全连接 }}
```

```dot
digraph {{ 卷积 -> 汇聚 }}
```
{FOOTER}
<!-- slide -->

HEADER 太长

{"".join(f"- 第 {n} 条{chr(10)}" for n in range(40))}{FOOTER}"""
PAGE = "# 说明\n\n[TOC]\n\n## 一\n\n见[课件](cnn.md)，$a^2$。\n\n```python\nx = 1\n```\n"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 10"><rect width="14" height="10" fill="#07c"/></svg>'
SLIDES = 5

BOXES = """() => {
  const slide = Reveal.getCurrentSlide();
  const box = (name) => slide.querySelector(name)?.getBoundingClientRect().toJSON();
  return { title: box(".title"), logo: box(".header img"), body: box(".body"), footer: box(".footer"), pre: box("pre"),
    formula: box(".formula.display svg"), slide: slide.getBoundingClientRect().toJSON() };
}"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    course = tmp_path_factory.mktemp("course")
    (course / "slides").mkdir()
    (course / "slides/cnn.md").write_text(DECK, encoding="utf-8")
    (course / "slides/notes.md").write_text(PAGE, encoding="utf-8")
    (course / "logo.svg").write_text(LOGO, encoding="utf-8")
    (course / "kejian.toml").write_text('logo = "logo.svg"\n', encoding="utf-8")
    report = build(Options(course=course, out=course / "site", single_file=True))
    assert report.diagnostics == ()
    return course / "site"


@pytest.fixture(scope="module")
def server(site):
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site)) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


class Visit:
    """A page whose complaints are kept, with every request that leaves the site refused."""

    def __init__(self, browser, root, **options):
        self.root = root
        self.complaints = []
        self.context = browser.new_context(viewport={"width": 1280, "height": 720}, **options)
        watch(self.context, root, self.complaints)
        self.page = self.context.new_page()

    def open(self, path="slides/cnn.html"):
        self.page.goto(f"{self.root}/{path}")
        if "cnn" in path:
            until(self.page, "window.Reveal && Reveal.isReady()")
            self.page.evaluate("document.fonts.ready")
            self.page.wait_for_timeout(100)
        return self.page


@pytest.fixture(params=["file", "http"])
def visit(chromium, site, request):
    root = site.as_uri() if request.param == "file" else request.getfixturevalue("server")
    here = Visit(chromium, root)
    yield here
    here.context.close()
    assert here.complaints == []


@pytest.fixture(params=["file", "http", "one file"])
def lecture(chromium, site, request, tmp_path):
    """Opens the deck, at an anchor, in each of its forms; as one file it stands alone in a folder."""
    path, root = "slides/cnn.html", site.as_uri() if request.param != "http" else request.getfixturevalue("server")
    if request.param == "one file":
        path, root = "cnn 卷积.html", tmp_path.as_uri()
        shutil.copy(site / "slides/cnn.single.html", tmp_path / path)
    here = Visit(chromium, root)
    yield lambda anchor="": here.open(path + anchor)
    here.context.close()
    assert here.complaints == []


@pytest.fixture
def opened(chromium, site):
    """Opens the deck from its folder with options of a browser context, and wants no complaint at the end."""
    visits = []

    def open_(path="slides/cnn.html", **options):
        visits.append(Visit(chromium, site.as_uri(), **options))
        return visits[-1].open(path)

    yield open_
    for one in visits:
        one.context.close()
        assert one.complaints == []


def indices(page):
    return page.evaluate("[Reveal.getIndices().h, Reveal.getIndices().v]")


@pytest.mark.parametrize("path", ["index.html", "slides/notes.html"])
def test_pages_load_whole_and_have_no_id_twice(visit, path):
    is_whole(visit.open(path))


def test_a_lecture_loads_whole_and_has_no_id_twice(lecture):
    page = lecture("#/1")
    is_whole(page)
    assert page.locator("section.present section.present .title").inner_text() == "代码"
    shown = page.evaluate("[...document.querySelectorAll('img[src]')].map((image) => image.naturalWidth > 0)")
    assert shown == [True] * SLIDES
    assert set(page.evaluate("[...document.fonts].map((font) => font.status)")) == {"loaded", "unloaded"}


def is_whole(page):
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))
    assert page.title()
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_keys_turn_the_slides_and_the_address_follows(lecture):
    page = lecture()
    page.keyboard.press("ArrowDown")
    assert indices(page) == [0, 1]
    page.keyboard.press("ArrowRight")
    assert indices(page) == [1, 0]
    until(page, "location.hash === '#/s1.0'")
    page.reload()
    until(page, "window.Reveal && Reveal.isReady()")
    assert indices(page) == [1, 0]


@pytest.mark.parametrize("address, place", [("#/1/1", [1, 1]), ("#/2", [2, 0]), ("#/s0.1", [0, 1])])
def test_a_link_leads_to_its_slide(lecture, address, place):
    assert indices(lecture(address)) == place


def test_the_speaker_view_shows_the_notes_and_both_slides(lecture):
    page = lecture()
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    window = popup.value
    window.wait_for_selector(".speaker-controls-notes:not(.hidden)")
    assert window.inner_text(".speaker-controls-notes .value") == "开场白"
    for name in ("#current-slide", "#upcoming-slide"):
        frame = window.wait_for_selector(f"{name} iframe").content_frame()
        until(frame, "window.Reveal && Reveal.isReady()")
    page.keyboard.press("ArrowRight")
    until(window, "document.querySelector('.speaker-controls-notes .value').innerText === '代码'")


def test_the_overview_shows_all_slides(opened):
    page = opened()
    page.keyboard.press("Escape")
    assert page.evaluate("Reveal.isOverview()")
    page.keyboard.press("Escape")
    assert not page.evaluate("Reveal.isOverview()")


def test_the_reader_chooses_light_or_dark_and_it_is_remembered(lecture):
    page = lecture()
    theme = "document.documentElement.dataset.theme"
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.keyboard.press("d")
    assert page.evaluate(theme) == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    page.reload()
    assert page.evaluate(theme) == "dark"
    page.click(".theme-toggle")
    assert page.evaluate(theme) == "light"


def test_without_storage_the_page_still_works(opened):
    page = opened("index.html")
    page.context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
    page.reload()
    page.click(".theme-toggle")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), (1920, 1080), (800, 600)])
def test_nothing_lies_under_the_logo_or_over_the_footer(opened, size):
    page = opened()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for h, v in ((0, 1), (1, 0), (1, 1), (2, 0)):
        page.evaluate(f"Reveal.slide({h}, {v})")
        boxes = page.evaluate(BOXES)
        assert boxes["logo"]["width"] > 10
        assert boxes["title"]["right"] <= boxes["logo"]["left"]
        assert boxes["body"]["top"] >= max(boxes["title"]["bottom"], boxes["logo"]["bottom"])
        assert boxes["body"]["bottom"] <= boxes["footer"]["top"] + 1
        assert boxes["footer"]["bottom"] <= min(boxes["slide"]["bottom"], size[1]) + 1


def test_a_long_listing_scrolls_inside_its_box_and_says_how_much_is_below(opened):
    page = opened("slides/cnn.html#/1")
    boxes = page.evaluate(BOXES)
    assert boxes["pre"]["bottom"] <= boxes["footer"]["top"]
    assert not page.evaluate("Reveal.getCurrentSlide().querySelector('.body').matches('.overflowing')")
    more = page.locator("section.present section.present .more")
    assert int(re.search(r"\d+", more.inner_text())[0]) > 20
    page.locator("section.present section.present pre").focus()
    page.keyboard.press("End")
    until(page, "!Reveal.getCurrentSlide().querySelector('.more').textContent")
    assert indices(page) == [1, 0]


def test_a_copied_listing_has_no_row_numbers(opened):
    page = opened("slides/cnn.html#/1")
    page.evaluate("getSelection().selectAllChildren(Reveal.getCurrentSlide().querySelector('pre'))")
    copied = page.evaluate("getSelection().toString()")
    assert copied.splitlines()[:3] == [f"layer_{n} = conv(x, {n})" for n in range(3)]


def test_a_wide_formula_is_not_cut_off(opened):
    boxes = opened("slides/cnn.html#/1/1").evaluate(BOXES)
    assert boxes["formula"]["right"] <= boxes["body"]["right"] + 1


def test_what_cannot_fit_is_marked_and_can_be_scrolled(opened):
    page = opened("slides/cnn.html#/2")
    body = "Reveal.getCurrentSlide().querySelector('.body')"
    assert page.evaluate(f"{body}.matches('.overflowing')")
    assert page.evaluate(f"parseFloat(getComputedStyle({body}).fontSize)") == pytest.approx(30 * 0.8)
    assert page.evaluate(f"getComputedStyle({body}).overflowY") == "auto"


def test_a_slide_without_title_and_footer_stands_in_the_middle(opened):
    page = opened()
    heading = page.evaluate("document.querySelector('h1').getBoundingClientRect().toJSON()")
    assert heading["top"] == pytest.approx(360 + 40, abs=60)
    assert heading["left"] + heading["width"] / 2 == pytest.approx(640, abs=2)


def test_headings_go_down_in_order(opened):
    page = opened()
    levels = page.evaluate(
        "[...document.querySelectorAll('.slides :is(h1,h2,h3,h4,h5,h6)')].filter((e) => e.role !== 'none')"
        ".map((e) => Number(e.ariaLevel ?? e.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_print_has_one_page_for_each_slide(opened):
    page = opened("slides/cnn.html?view=print")
    page.wait_for_selector(".pdf-page")
    page.wait_for_timeout(300)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == SLIDES
    fits = page.evaluate("[...document.querySelectorAll('.body')].map((b) => b.scrollHeight <= b.clientHeight + 1)")
    assert fits == [True, True, True, True, False]  # the last one cannot; the listing can, in smaller letters


def test_a_phone_scrolls_through_the_slides(opened):
    page = opened()
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_selector(".scroll-page")
    assert page.locator(".scroll-page section.slide").count() == SLIDES
    assert page.locator(".scroll-page .footer").first.bounding_box()["width"] <= 390


def test_little_motion_where_the_reader_wants_little(opened):
    page = opened(reduced_motion="reduce")
    assert page.evaluate("[Reveal.getConfig().transition, Reveal.getConfig().backgroundTransition]") == ["none", "none"]


def test_the_index_leads_to_the_deck_and_back(visit):
    page = visit.open("index.html")
    page.click(".card a")
    until(page, "window.Reveal && Reveal.isReady()")
    page.click(".corner .home")
    page.wait_for_selector(".cards")


def test_a_keyboard_reader_sees_the_focus(opened):
    page = opened("index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
