"""The keys: through the whole lecture and back, to any slide, and the list that says which there are."""

import itertools

import pytest

from kejian.pipeline.build import Options, build
from tests.browser.conftest import until

pytestmark = pytest.mark.slow

DECKS = ["slides/cnn.html", "slides/guide.html"]
IDS = "[...document.querySelectorAll('.slides section.slide')].map((slide) => slide.id)"
MOST_STEPS = "document.querySelectorAll('.slides .fragment').length"
HERE = "Reveal.getCurrentSlide().id"
SHOWN = "Reveal.getCurrentSlide().querySelectorAll('.fragment.visible').length"
OPEN = "document.getElementById('keys').open"
THEME = "document.documentElement.dataset.theme"
STEPS = """---
presentation: {transition: none}
---
<!-- slide -->

# One

<p class="fragment">first</p>
<p class="fragment">second</p>
<p class="fragment">third</p>

<!-- slide -->

# Two

<p class="fragment">only</p>
"""


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    """A deck in English with a step for each of its items."""
    course = tmp_path_factory.mktemp("english")
    (course / "slides").mkdir()
    (course / "slides/a.md").write_text(STEPS, encoding="utf-8")
    (course / "kejian.toml").write_text('language = "en"\n', encoding="utf-8")
    assert build(Options(course=course, out=course / "site")).diagnostics == ()
    return course / "site"


def slides_on_the_way(page, last, keys):
    """The slides that are passed until `last` comes true, each once; on a slide with steps the steps come first."""
    seen = [page.evaluate(HERE)]
    for _ in range(len(page.evaluate(IDS)) + page.evaluate(MOST_STEPS)):
        if page.evaluate(last):
            break
        page.keyboard.press(keys(page))
        seen.append(page.evaluate(HERE))
    return [slide for slide, _ in itertools.groupby(seen)]


@pytest.mark.parametrize("deck", DECKS)
def test_the_space_bar_leads_through_every_slide_once_and_back(visit, deck):
    page = visit(deck)
    ids = page.evaluate(IDS)
    assert slides_on_the_way(page, "Reveal.isLastSlide()", lambda page: "Space") == ids
    back = "Reveal.isFirstSlide() && !Reveal.getCurrentSlide().querySelector('.fragment.visible')"
    assert slides_on_the_way(page, back, lambda page: "Shift+Space") == ids[::-1]


def down_or_right(page):
    return "ArrowDown" if page.evaluate("Reveal.availableRoutes().down") else "ArrowRight"


@pytest.mark.parametrize("deck", DECKS)
def test_the_arrows_lead_down_each_column_and_across(visit, deck):
    page = visit(deck)
    assert slides_on_the_way(page, "Reveal.isLastSlide()", down_or_right) == page.evaluate(IDS)


@pytest.mark.parametrize("deck", DECKS)
def test_the_address_of_every_slide_leads_to_it(visit, deck):
    page = visit(deck)
    for name in reversed(page.evaluate(IDS)):
        page.evaluate("(name) => { location.hash = `#/${encodeURIComponent(name)}`; }", name)
        until(page, f"{HERE} === {name!r}")


def test_steps_open_one_by_one(visit, english):
    page = visit("slides/a.html", english)
    for place in [("s0.0", 0), ("s0.0", 1), ("s0.0", 2), ("s0.0", 3), ("s1.0", 0), ("s1.0", 1)]:
        assert (page.evaluate(HERE), page.evaluate(SHOWN)) == place
        page.keyboard.press("Space")
    assert page.evaluate("Reveal.isLastSlide()")


@pytest.mark.parametrize("key", ["?", "F1"])
def test_the_list_of_keys_opens_and_closes(visit, key):
    page = visit("slides/cnn.html#/s1.1")
    page.keyboard.press(key)
    assert page.evaluate(OPEN)
    assert page.get_by_role("dialog", name="按键").is_visible()
    assert page.get_by_role("row", name="? F1 这张表").is_visible()
    assert not page.evaluate("Reveal.isOverlayOpen()")
    for other in ("ArrowRight", "n", "r", "d"):  # the slides behind it stay as they are
        page.keyboard.press(other)
    assert page.evaluate(HERE) == "s1.1"
    page.keyboard.press("Escape")
    assert not page.evaluate(OPEN)
    assert not page.evaluate("Reveal.isOverview()")


def test_the_list_returns_the_focus_to_the_button_that_opened_it(visit):
    page = visit("slides/cnn.html")
    page.focus(".keys-toggle")
    page.keyboard.press("Enter")
    assert page.evaluate("document.getElementById('keys').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "keys-toggle"


def test_a_click_beside_the_list_closes_it(visit):
    page = visit("slides/cnn.html")
    page.click(".keys-toggle")
    page.mouse.click(5, 300)
    assert not page.evaluate(OPEN)


def test_the_list_speaks_the_course_language_and_names_only_keys_that_work(visit, english):
    page = visit("slides/a.html", english)
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    assert page.get_by_role("row", name="Q laser pointer").is_visible()
    assert page.get_by_role("row", name="speaker view").count() == 0  # the deck asks for none


def test_a_button_under_the_focus_keeps_space_and_enter(visit):
    page = visit("slides/cnn.html")
    page.focus(".theme-toggle")
    for key, theme in (("Space", "dark"), ("Enter", "light")):
        page.keyboard.press(key)
        assert (page.evaluate(THEME), page.evaluate(HERE)) == (theme, "s0.0")


def test_a_button_that_the_mouse_pressed_gives_the_keys_back(visit):
    page = visit("slides/cnn.html")
    page.click(".theme-toggle")
    page.keyboard.press("Space")
    assert (page.evaluate(THEME), page.evaluate(HERE)) == ("dark", "s0.1")


def test_letters_work_while_an_input_method_is_on(visit):
    page = visit("slides/cnn.html")
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Process', code: 'KeyD', bubbles: true }))"
    )
    assert page.evaluate(THEME) == "dark"


def test_letters_that_are_written_into_a_field_are_text(visit):
    page = visit("slides/cnn.html")
    page.keyboard.press("g")
    page.keyboard.type("rdq")
    assert page.evaluate(THEME) == "light"
    assert page.evaluate("document.documentElement.dataset.view") == "slides"
    assert page.evaluate("document.activeElement.value") == "rdq"


def test_marks_of_outputs_open_and_close_together(visit):
    page = visit("slides/cnn.html#/s1.7")
    marks = page.locator("section.slide.present .provenance[open]")
    page.keyboard.press("i")
    assert marks.count() == 1
    page.keyboard.press("i")
    assert marks.count() == 0


def test_the_decks_own_binding_of_a_key_wins(visit, tmp_path):
    (tmp_path / "slides").mkdir()
    deck = STEPS.replace("none}", "none, keyboard: {81: next}}")
    (tmp_path / "slides/a.md").write_text(deck, encoding="utf-8")
    assert build(Options(course=tmp_path, out=tmp_path / "site")).diagnostics == ()
    page = visit("slides/a.html", tmp_path / "site")
    page.keyboard.press("q")
    assert page.evaluate(SHOWN) == 1
    assert page.locator(".pointer-dot").is_hidden()
