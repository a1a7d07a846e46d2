"""What is open in an editor, and the courses around it."""

import pytest

from kejian.core.disk.unsaved import EditedFolder, content
from kejian.editor.session import Session
from kejian.editor.text import TextEdit, TextRange, after, applied, letters, units, without

DECK = "slides/deck.md"


def test_a_file_belongs_to_the_nearest_course(tmp_path, demo_course):
    outer = demo_course(tmp_path)
    (outer / "inner" / "slides").mkdir(parents=True)
    session = Session()
    assert session.file(outer / DECK).course.root == outer
    found = session.file(outer / "inner" / "slides" / "x.md")
    assert (found.course.root, found.path) == (outer / "inner", "slides/x.md")
    assert session.file(outer / "demo_examples" / "shown.py").path == "demo_examples/shown.py"


@pytest.mark.parametrize("path", ["site/slides/deck.md", ".venv/lib/x.py", "node_modules/x.md", ".kejian/x.md"])
def test_what_others_have_written_belongs_to_none(path, demo):
    assert Session().file(demo / path) is None


def test_a_deck_is_read_as_it_stands_in_the_editor_until_it_is_closed(demo):
    session = Session()
    course = session.file(demo / DECK).course
    session.edited(demo / DECK, "<!-- slide -->\r\n\r\n# 𝒳\r\n")
    assert [one.title for one in course.deck(DECK).slides] == ["𝒳"]
    session.closed(demo / DECK)
    assert [one.title for one in course.deck(DECK).slides] == ["例子", ""]


def test_an_imported_file_and_a_module_are_read_as_they_stand_in_the_editor(demo):
    session = Session()
    course = session.file(demo / DECK).course
    (demo / DECK).write_text('<!-- slide -->\n\n@import "part.md"\n', "utf-8")
    session.edited(demo / "slides" / "part.md", "# Unsaved\n")
    assert course.deck(DECK).slides[0].title == "Unsaved"
    session.edited(demo / "slides" / "part.md", "# Changed\n")
    assert course.deck(DECK).slides[0].title == "Changed"
    session.edited(demo / "demo_examples" / "shown.py", "def new():\n    return 1\n")
    assert course.package().find("shown.new")


def test_a_deck_is_parsed_once_while_nothing_that_it_reads_changes(demo):
    course = Session().file(demo / DECK).course
    assert course.deck(DECK) is course.deck(DECK)


def test_new_decks_and_macros_are_seen(demo):
    course = Session().file(demo / DECK).course
    assert [deck.path for deck in course.decks()] == [DECK]
    (demo / "slides" / "more.md").write_text("<!-- slide -->\n\n# 1\n", "utf-8")
    assert [deck.path for deck in course.decks()] == [DECK, "slides/more.md"]
    (demo / "templates" / "macros").mkdir(parents=True)
    (demo / "templates" / "macros" / "NEW.html").write_text("{# NEW words... #}<b>{{ words }}</b>", "utf-8")
    assert "NEW" in course.around.macros.at_start


def test_a_folder_answers_for_files_that_are_only_in_the_editor(demo):
    folder = EditedFolder(demo, unsaved={str(demo / "new.md"): content("text")})
    assert (folder.has("new.md"), folder.has("other.md")) == (True, False)
    assert folder.text("new.md") == "text"
    assert folder.unchanged(folder.reads)
    assert not EditedFolder(demo, unsaved={str(demo / "new.md"): content("more")}).unchanged(folder.reads)
    assert folder.watched().reads == {}


UTF_16 = {"": (0, 0), "a": (1, 1), "参数": (2, 2), "𝒳a": (3, 2)}


@pytest.mark.parametrize("text", UTF_16)
def test_letters_are_counted_in_units_of_utf_16(text):
    assert (units(text, 99), len(text)) == UTF_16[text]
    assert [letters(text, units(text, at)) for at in range(len(text))] == list(range(len(text)))
    assert letters(text, 99) == len(text)


def test_edits_do_not_move_each_other():
    lines = "a\nb\nc".split("\n")
    edits = [TextEdit(TextRange("x", 1, 0, 1), "A"), after("x", lines, 2, "new"), without("x", lines, 3)]
    assert applied("a\nb\nc", edits) == "A\nb\nnew\n"
    assert applied("a\nb", [after("x", ["a", "b"], 0, "top")]) == "top\na\nb"
