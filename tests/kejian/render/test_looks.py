"""How a deck looks: what makes it one of the house, which theme it has else, and what its own sheets take away."""

import pytest

from kejian.core import templates
from kejian.core.config import Course
from kejian.core.diagnostics import Span
from kejian.core.model import AuthorStyles, Deck, Slide
from kejian.parse.html import author_styles
from kejian.render import looks

HEADER = '<div class="header"> <img class="hust" alt=""> </div>'
FOOTER = '<div class="footer"></div>'


def deck(html="<p>text</p>", own="", **reveal):
    slide = Slide(html=html, span=Span("a.md"))
    return Deck(
        path="a.md",
        title="a",
        preface=slide,
        slides=(slide,),
        reveal=reveal,
        front={},
        own=AuthorStyles(frozenset(own.split())),
    )


def look(deck, theme=""):
    found = looks.deck(deck, Course(theme=theme))
    return bool(found.parts), found.theme, found.shade


@pytest.mark.parametrize(
    ("html", "reveal", "setting", "expected"),
    [
        ("<p>text</p>", {}, "", (False, "white", "light")),
        ("<p>text</p>", {"theme": "moon.css"}, "", (False, "moon", "dark")),
        ("<p>text</p>", {"theme": "unknown.css"}, "", (False, "white", "light")),
        ("<p>text</p>", {}, "sky", (False, "sky", "light")),
        ("<p>text</p>", {"theme": "black"}, "sky", (False, "black", "dark")),
        ("<p>text</p>", {}, "kejian", (True, "", "light")),
        ("<p>text</p>", {}, "dark", (True, "", "dark")),
        ("<p>text</p>", {"theme": "night"}, "kejian", (True, "", "dark")),
        ("<p>text</p>", {"theme": "kejian"}, "", (True, "", "light")),
        (HEADER, {}, "", (True, "", "light")),
        (FOOTER, {}, "", (True, "", "light")),
        (FOOTER, {"theme": "black"}, "", (True, "", "dark")),
        (FOOTER, {}, "moon", (True, "", "dark")),
        ('<div class="headers"></div>', {}, "", (False, "white", "light")),
        ("<p>class=header</p>", {}, "", (False, "white", "light")),
    ],
)
def test_a_deck_is_of_the_house_if_it_asks_for_it(html, reveal, setting, expected):
    assert look(deck(html, **reveal), setting) == expected


def test_a_sheet_that_lays_out_the_header_or_the_footer_leaves_nothing_of_the_house():
    assert look(deck(HEADER, "header")) == (False, "white", "light")
    assert look(deck(FOOTER, "footer paragraphs", theme="black")) == (False, "black", "dark")


def test_other_parts_step_back_one_by_one():
    parts = looks.deck(deck(HEADER, "paragraphs lists"), Course()).parts
    assert set(author_styles.ALL) - set(parts) == {"paragraphs", "lists"}


def test_where_the_settings_name_the_house_it_stays_but_for_such_parts():
    parts = looks.deck(deck(HEADER, "header"), Course(theme="kejian")).parts
    assert set(author_styles.ALL) - set(parts) == {"header"}


def test_the_sheet_gates_what_is_plain_by_the_parts_that_a_page_has():
    sheet = looks.sheet(templates.environment())
    assert ':where(:root[data-house=""]:not([data-house~="lists"])) {' in sheet
    assert "&" not in sheet


def test_the_house_stands_in_a_layer_and_what_is_plain_does_not():
    layered, _, strong = looks.sheet(templates.environment()).rpartition("@layer kejian {")
    assert ".slides .header {" in layered
    assert ".reveal h1 {" in strong
    assert "\n  .slides .header {" not in strong


def test_utility_classes_are_below_a_deck_s_own_sheets_where_the_house_is():
    rules = ".slides .red { color: red }"
    assert looks.utilities(rules, looks.PAGE) == f"@layer kejian {{\n{rules}\n}}\n"
    assert looks.utilities(rules, looks.Look((), "white", "light")) == rules
    assert looks.utilities("", looks.PAGE) == ""


def test_formulas_have_the_classes_of_other_engines_that_a_sheet_has_rules_for():
    html = '<span class="formula"></span><span class="formula display"></span>'
    own = AuthorStyles(classes=frozenset({"MathJax", "katex-display"}))
    assert looks.formulas(html, own) == (
        '<span class="formula MathJax"></span><span class="formula display MathJax katex-display"></span>'
    )
    assert looks.formulas(html, AuthorStyles()) == html
