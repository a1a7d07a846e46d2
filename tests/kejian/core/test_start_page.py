"""Parts of the start page: which decks each holds."""

from kejian.core.config import read
from kejian.core.start_page import Section, arranged, unmatched

PATHS = ["slides/a.md", "slides/b.md", "docs/c.md"]


def held(*sections):
    return [(section.title, paths) for section, paths in arranged(sections, PATHS)]


def test_a_part_holds_what_it_names_in_its_order():
    assert held(Section(title="A", decks=("docs/*.md", "slides/b.md"))) == [("A", ["docs/c.md", "slides/b.md"])]


def test_a_deck_is_in_the_first_part_that_names_it():
    parts = Section(title="A", decks=("slides/b.md",)), Section(title="B", decks=("slides/*",))
    assert held(*parts) == [("A", ["slides/b.md"]), ("B", ["slides/a.md"])]


def test_names_that_no_deck_has_are_found():
    assert unmatched([Section(title="A", decks=("slides/?.md", "slides/z.md"))], PATHS) == ["slides/z.md"]


def test_a_date_of_toml_is_a_date():
    course, wrong = read('[[sections]]\ntitle = "A"\ndate = 2026-09-01\n\n[[sections]]\ntitle = "B"\ndate = "week 2"\n')
    assert wrong == ()
    assert [section.date for section in course.sections] == ["2026-09-01", "week 2"]


def test_a_wrong_key_is_placed_at_the_sections_and_the_right_ones_are_named():
    _, (found,) = read('title = "C"\n[[sections]]\nname = "A"\n')
    assert (found.code, found.span.line, found.hint) == ("bad-config", 3, "keys: title, date, text, decks")
    _, (found,) = read('title = "C"\n[[sections]]\ntitle = 1\n')
    assert (found.code, found.span.line) == ("bad-config", 2)
