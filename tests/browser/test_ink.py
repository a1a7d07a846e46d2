"""Drawing on slides and on a board: with mouse, pen and finger, and what becomes of it."""

import pytest

from kejian.pipeline.build import Options, build
from tests.browser.conftest import settled, until

pytestmark = pytest.mark.slow

DECK = "<!-- slide -->\n\nHEADER One\n\ntext\n\n<!-- slide -->\n\nHEADER Two\n\ntext\n"
LINES = "[...document.querySelectorAll('section.present .ink path')].map((one) => one.getBoundingClientRect().toJSON())"
POINTER = """([type, x, y, how]) => document.querySelector(".ink-pad").dispatchEvent(
  new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, isPrimary: true, bubbles: true, ...how }))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    course = tmp_path_factory.mktemp("ink")
    (course / "slides").mkdir()
    (course / "slides" / "a.md").write_text(DECK, "utf-8")
    (course / "kejian.toml").write_text('language = "en"\n')
    assert build(Options(course=course, out=course / "site", trusted=True, single_file=True)).diagnostics == ()
    return course / "site"


@pytest.fixture
def page(visit, site):
    return visit("slides/a.html", site=site, reduced_motion="reduce")


def pen(page, key="w"):
    page.keyboard.press(key)
    until(page, "window.kejian.ink && !document.querySelector('.ink-pad').hidden")


def stroke(page, *points):
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=4)
    page.mouse.up()


def test_nothing_of_it_is_loaded_before_it_is_asked_for(page):
    assert page.locator("script[src*=ink]").count() == 0
    assert page.locator(".ink, .ink-pad").count() == 0


def test_a_line_is_drawn_where_the_mouse_is_and_stays_on_its_slide(page):
    pen(page)
    stroke(page, (300, 200), (500, 300), (700, 200))
    (box,) = page.evaluate(LINES)
    assert (box["left"], box["top"], box["right"]) == pytest.approx((300, 200, 700), abs=2)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(LINES) == []
    stroke(page, (300, 400), (400, 400))
    assert len(page.evaluate(LINES)) == 1
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(LINES) == [box]


def test_a_line_stays_with_the_text_when_the_window_changes(page):
    pen(page)
    corner = page.locator("section.present .title").bounding_box()
    stroke(page, (corner["x"], corner["y"]), (corner["x"] + 200, corner["y"]))
    page.set_viewport_size({"width": 800, "height": 600})
    page.wait_for_timeout(300)
    (box,), moved = page.evaluate(LINES), page.locator("section.present .title").bounding_box()
    assert (box["left"], box["top"]) == pytest.approx((moved["x"], moved["y"]), abs=2)


def test_keys_choose_colours_take_back_and_clear(page):
    pen(page)
    for key in "134":
        page.keyboard.press(key)
        stroke(page, (300, 200), (400, 300))
    colours = page.evaluate("[...document.querySelectorAll('.ink path')].map((one) => one.style.stroke)")
    assert colours == ["currentcolor", "var(--blue)", "var(--green)"]
    page.keyboard.press("u")
    assert len(page.evaluate(LINES)) == 2
    page.keyboard.press("c")
    assert page.evaluate(LINES) == []


def test_the_eraser_takes_the_lines_that_it_touches(page):
    pen(page)
    stroke(page, (300, 200), (400, 200))
    stroke(page, (300, 400), (400, 400))
    page.keyboard.press("x")
    stroke(page, (350, 350), (350, 450))
    (left,) = page.evaluate(LINES)
    assert left["top"] == pytest.approx(200, abs=2)


def test_a_board_is_white_then_black_then_gone_and_keeps_what_is_drawn(page):
    pen(page, "t")
    board = page.locator(".ink-board")
    grounds = []
    for _ in range(2):
        grounds.append(board.evaluate("(one) => getComputedStyle(one).backgroundColor"))
        stroke(page, (300, 200), (500, 300))
        assert board.locator("path").count() == 1
        page.keyboard.press("t")
    assert grounds == ["rgb(255, 255, 255)", "rgb(17, 17, 17)"]
    assert board.is_hidden()
    assert page.evaluate(LINES) == []
    page.keyboard.press("t")
    assert board.locator("path").count() == 1


def test_escape_gives_the_slides_back_and_the_overview_shows_the_drawings(page):
    pen(page)
    stroke(page, (300, 200), (500, 300))
    page.keyboard.press("Escape")
    assert not page.evaluate("Reveal.isOverview()")
    assert page.locator(".ink-pad").is_hidden()
    page.keyboard.press("o")
    until(page, "Reveal.isOverview()")
    (box,) = page.evaluate(
        "[...document.querySelectorAll('.ink path')].map((one) => one.getBoundingClientRect().toJSON())"
    )
    assert 0 < box["width"] < 150
    page.keyboard.press("w")
    assert page.locator(".ink-pad").is_hidden()


def test_opening_the_overview_ends_drawing(page):
    pen(page)
    page.evaluate("Reveal.toggleOverview(true)")
    assert page.locator(".ink-tools").is_hidden()


def test_a_finger_draws_and_beside_a_pen_it_does_not(page):
    pen(page)
    page.evaluate("Element.prototype.setPointerCapture = () => {}")

    def drawn(kind, **how):
        how = {"pointerType": kind, "buttons": 1, **how}
        for name, x in (("pointerdown", 300), ("pointermove", 400), ("pointerup", 400)):
            page.evaluate(POINTER, [name, x, 300, how])
        return len(page.evaluate(LINES))

    assert drawn("touch") == 1
    assert drawn("pen") == 2
    assert drawn("touch") == 2, "the hand that holds the pen"
    assert drawn("pen", buttons=32) == 0, "the pen's other end erases"


def test_tools_are_buttons_with_names_and_say_which_is_chosen(page):
    page.get_by_role("button", name="Draw on the slide (W)").first.click()
    until(page, "window.kejian.ink")
    tools = page.get_by_role("toolbar", name="Drawing tools")
    chosen = tools.locator("[aria-pressed=true]")
    assert chosen.get_attribute("aria-label") == "Draw on the slide (2)"
    tools.get_by_role("button", name="Eraser").click()
    assert chosen.get_attribute("aria-label") == "Eraser: whole lines (X)"
    tools.get_by_role("button", name="Board").click()
    assert chosen.count() == 2
    tools.get_by_role("button", name="Stop drawing").click()
    assert tools.is_hidden()


def test_a_drawing_is_printed_on_wish_where_it_was_drawn(page):
    pen(page)
    title = page.locator("section.present .title").bounding_box()
    stroke(page, (title["x"], title["y"]), (title["x"] + 200, title["y"]))
    page.emulate_media(media="print")
    assert page.locator(".ink").is_hidden()
    page.emulate_media(media="screen")
    page.evaluate("window.open = null")
    page.get_by_role("button", name="Print with the drawing").click()
    until(page, "location.search === '?view=print&ink' && document.querySelector('.pdf-page .ink path')")
    settled(page)
    page.emulate_media(media="print")
    box = page.locator(".ink path").bounding_box()
    title = page.locator(".pdf-page .title").first.bounding_box()
    assert (box["x"], box["y"]) == pytest.approx((title["x"], title["y"]), abs=4)


def test_a_deck_as_one_file_has_it_as_well(visit, site):
    page = visit("slides/a.single.html", site=site)
    pen(page)
    stroke(page, (300, 200), (500, 300))
    assert len(page.evaluate(LINES)) == 1


def test_nothing_is_kept_when_the_page_is_loaded_anew(page):
    pen(page)
    stroke(page, (300, 200), (500, 300))
    page.reload()
    settled(page)
    pen(page)
    assert page.evaluate(LINES) == []
