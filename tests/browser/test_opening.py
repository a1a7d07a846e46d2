"""The first slide is there before reveal.js has started, and where reveal.js leaves it."""

import pytest

from kejian.pipeline.build import build
from kejian.pipeline.report import Options

pytestmark = pytest.mark.slow

PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="90" height="60" fill="red"/></svg>'
)
DECK = """---
presentation: {%s transition: none}
---
<!-- slide -->

<div class="header"></div>

# 图神经网络

## 第一讲

<!-- slide vertical=true -->

![点](dot.svg)

<!-- slide -->

# 第三页
"""
SIZES = {
    "usual": "",
    "wide": "width: 1244, height: 700, margin: 0.04,",
    "tall": "width: 600, height: 900, margin: 0.2,",
}
PLACES = """[...document.querySelector("section.slide").querySelectorAll("h1, h2")].map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return [x, y, width, height].map(Math.round);
})"""
UNCOVERED = """[...document.querySelector("section.slide").querySelectorAll("h1, h2")].every((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return document.elementFromPoint(x + width / 2, y + height / 2) === one;
})"""


@pytest.fixture(scope="module", params=SIZES)
def site(tmp_path_factory, request):
    course = tmp_path_factory.mktemp("course")
    (course / "slides").mkdir()
    (course / "slides/a.md").write_text(DECK % SIZES[request.param], "utf-8")
    (course / "slides/dot.svg").write_text(PICTURE, "utf-8")
    assert build(Options(course=course, out=course / "site", single_file=True)).diagnostics == ()
    return course / "site/slides"


@pytest.fixture
def visit(chromium, site):
    """Opens the page, with or without what starts reveal.js, and wants no complaint."""
    contexts, complaints = [], []

    def open_(anchor="", *, started=True, size=(1280, 720), name="a.html"):
        contexts.append(chromium.new_context(viewport=dict(zip(("width", "height"), size, strict=True))))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda e: complaints.append(str(e)))
        if not started:
            page.route("**/deck.js", lambda route: route.fulfill(body=""))
            page.route("**/r*o*.js", lambda route: route.fulfill(body=""))  # what comes after it and asks for it
        else:
            page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.goto((site / name).as_uri() + anchor)
        if started:
            page.wait_for_function("window.Reveal?.isReady() && document.fonts.status === 'loaded'")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def near(places, others):
    """Whether boxes are the same to a pixel."""
    pairs = [pair for place, other in zip(places, others, strict=True) for pair in zip(place, other, strict=True)]
    return all(abs(one - other) <= 1 for one, other in pairs)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768), (800, 900)])
def test_first_slide_is_placed_where_reveal_puts_it(visit, size):
    early, late = visit(started=False, size=size), visit(size=size)
    assert early.evaluate("typeof Reveal === 'undefined' || !Reveal.isReady()")
    assert early.evaluate(UNCOVERED)
    assert near(early.evaluate(PLACES), late.evaluate(PLACES))


def test_fonts_of_the_first_slide_are_inlined_and_no_other_is_waited_for(visit):
    page = visit(started=False)
    loaded = "[...document.fonts].filter((one) => one.status === 'loaded').map((one) => [one.weight, one.unicodeRange])"
    faces = sorted(page.evaluate(loaded))
    assert [weight for weight, _ in faces] == ["400", "700"]
    assert all("U+56FE" in drawn.upper() for _, drawn in faces), "图"


def test_link_to_another_slide_skips_the_first_paint(visit):
    assert not visit("#/1", started=False).evaluate("document.querySelector('main').matches('.first')")
    page = visit("#/1")
    assert page.evaluate("Reveal.getCurrentSlide().textContent.includes('第三页')")
    assert page.evaluate("document.querySelectorAll('.slides > section.present').length") == 1


def test_pictures_of_later_slides_are_there_before_their_slide(visit):
    page = visit()
    page.wait_for_function("[...document.images].every((one) => !one.src || (one.complete && one.naturalWidth))")
    assert page.evaluate("Reveal.getIndices().v") == 0


def test_a_deck_in_one_file_opens_the_same_way(visit):
    page, one = visit(), visit(name="a.single.html")
    assert page.evaluate(PLACES) == one.evaluate(PLACES)
