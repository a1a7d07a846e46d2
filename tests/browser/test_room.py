"""In the lecture room: listings to copy, the red dot, a closer look, and the speaker's own window."""

import re

import pytest

from tests.browser.conftest import settled, until

pytestmark = pytest.mark.slow

LISTING = "#/s1.7"
CODE = """x = np.array([1, 2, 3, 4, 5, 6])
w = np.array([1, 0, -2])

a1 = x[0] * w[0] + x[1] * w[1] + x[2] * w[2]
a2 = x[1] * w[0] + x[2] * w[1] + x[3] * w[2]
a3 = x[2] * w[0] + x[3] * w[1] + x[4] * w[2]
a4 = x[3] * w[0] + x[4] * w[1] + x[5] * w[2]

print([int(a) for a in (a1, a2, a3, a4)])
print(correlate1d(x, w).tolist())"""
WITHOUT_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
COVERED = """() => {
  const button = document.querySelector("section.slide.present .copy").getBoundingClientRect();
  const texts = [...document.querySelectorAll("section.slide.present pre code .line")];
  const boxes = texts.flatMap((line) => [...line.getClientRects()]).filter((box) => box.width > 0);
  return boxes.some(({ left, right, top, bottom }) =>
    right > button.left && left < button.right && bottom > button.top && top < button.bottom);
}"""


def pasted(page):
    """What the clipboard holds."""
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'paste' }))")
    page.focus("#paste")
    page.keyboard.press("Control+v")
    return page.input_value("#paste")


@pytest.mark.parametrize("clipboard", [True, False])
def test_a_listing_is_copied_without_the_numbers_of_its_lines(visit, clipboard):
    page = visit(f"slides/cnn.html{LISTING}")
    if not clipboard:
        page.evaluate(WITHOUT_CLIPBOARD)
    page.hover("section.slide.present pre")
    page.locator("section.slide.present").get_by_role("button", name="复制代码").click()
    until(page, "document.querySelector('[role=status].spoken').textContent === '已复制'")
    assert pasted(page) == CODE


def test_the_copy_button_shows_under_the_mouse_and_the_focus_alone(visit):
    page = visit(f"slides/cnn.html{LISTING}")
    button = page.locator("section.slide.present .copy")
    opacity = "Number(getComputedStyle(document.querySelector('section.slide.present .copy')).opacity)"
    assert page.evaluate(opacity) == 0
    page.hover("section.slide.present pre")
    assert page.evaluate(opacity) == 1
    page.mouse.move(2, 700)
    assert page.evaluate(opacity) == 0
    page.keyboard.press("Tab")
    while not button.evaluate("(button) => button === document.activeElement"):
        page.keyboard.press("Tab")
    assert page.evaluate(opacity) == 1
    page.keyboard.press("Space")
    assert page.evaluate("Reveal.getCurrentSlide().id") == "s1.7"
    assert pasted(page) == CODE


def test_under_a_finger_it_is_always_there_and_covers_nothing(visit):
    page = visit("slides/cnn.html", has_touch=True, is_mobile=True, viewport={"width": 1024, "height": 768})
    ids = page.evaluate("[...document.querySelectorAll('.slide:has(.copy)')].map((slide) => slide.id)")
    assert len(ids) > 20
    for name in ids:
        page.evaluate("(name) => { location.hash = `#/${name}`; }", name)
        until(page, f"Reveal.getCurrentSlide().id === {name!r}")
        assert page.evaluate("getComputedStyle(document.querySelector('section.slide.present .copy')).opacity") == "1"
        assert not page.evaluate(COVERED), name


def test_copy_button_stays_in_the_corner_of_a_scrolling_listing(visit):
    page = visit("slides/cnn.html?view=reading", viewport={"width": 620, "height": 800})
    assert page.evaluate("""() => {
      const listings = [...document.querySelectorAll("pre:has(.copy)")];
      const wide = listings.filter((pre) => pre.scrollWidth > pre.clientWidth + 80);
      const right = (one) => one.getBoundingClientRect().right;
      return wide.length > 3 && wide.every((pre) => {
        const place = () => right(pre.querySelector(".copy")) - right(pre);
        const before = place();
        pre.scrollLeft = 60;
        return before < 0 && Math.abs(place() - before) < 1;
      });
    }""")


def test_copy_button_is_not_printed(visit):
    page = visit("slides/cnn.html?view=print")
    page.wait_for_selector(".pdf-page")
    assert page.locator(".copy").count() > 20
    assert page.evaluate("[...document.querySelectorAll('.copy')].every((one) => !one.checkVisibility())")


def test_the_red_dot_follows_the_mouse(visit):
    page = visit("slides/cnn.html")
    dot = page.locator(".pointer-dot")
    assert dot.is_hidden()
    page.mouse.move(300, 200)
    page.keyboard.press("q")
    for x, y in ((300, 200), (640, 500)):
        page.mouse.move(x, y)
        box = dot.bounding_box()
        assert (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) == (x, y)
    assert page.evaluate("getComputedStyle(document.querySelector('.slides')).cursor") == "none"
    page.emulate_media(media="print")
    assert dot.is_hidden()
    page.emulate_media(media="screen")
    page.keyboard.press("q")
    assert dot.is_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('.slides')).cursor") == "auto"


def test_a_closer_look_and_back(visit):
    page = visit("slides/cnn.html", reduced_motion="reduce")
    width = "document.querySelector('section.slide.present h1').getBoundingClientRect().width"
    before = page.evaluate(width)
    page.mouse.move(640, 360)
    page.keyboard.press("z")
    assert page.evaluate(width) == pytest.approx(2 * before, rel=0.01)
    page.keyboard.press("Escape")
    assert page.evaluate(width) == pytest.approx(before, rel=0.01)
    assert not page.evaluate("Reveal.isOverview()")
    page.keyboard.press("Escape")
    assert page.evaluate("Reveal.isOverview()")


def test_the_speaker_sees_notes_time_and_the_next_slide_and_turns_the_deck(visit):
    page = visit("slides/cnn.html")
    page.context.unroute_all()  # Playwright loses what a new window asks for before it watches that window
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    window = popup.value
    window.wait_for_selector(".speaker-controls-notes:not(.hidden)")
    notes = "document.querySelector('.speaker-controls-notes .value').innerText"
    assert window.evaluate(notes).startswith("本讲的每段输出")
    until(window, "[...document.fonts].some((font) => font.status === 'loaded')")  # the deck's, for Chinese
    frames = [window.wait_for_selector(f"#{name}-slide iframe").content_frame() for name in ("current", "upcoming")]
    for frame in frames:
        settled(frame)  # what is next is told to a frame that listens; on a busy machine that is from the first turn on
    until(window, "document.querySelector('.seconds-value').innerText !== ':00'")
    window.keyboard.press("ArrowDown")
    until(page, "Reveal.getCurrentSlide().id === 's0.1'")
    until(window, f"{notes}.startsWith('前半讲卷积本身')")
    until(frames[1], "Reveal.getCurrentSlide().id === 's1.0'")
    page.keyboard.press("ArrowRight")
    until(frames[0], "Reveal.getCurrentSlide().id === 's1.0'")
    assert re.fullmatch(r"\d+:\d\d [AP]M", window.inner_text(".clock-value").strip())
