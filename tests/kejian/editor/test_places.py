"""Where names are defined, where they are used, and what becomes of them when they are renamed."""

import pytest

from kejian.editor import labels, names, outline, rename_symbol
from kejian.editor.course import EditedCourse
from kejian.editor.definition import definition
from kejian.editor.names import name_at
from kejian.editor.refused import RenameRefusedError
from kejian.editor.text import applied

DECK = "slides/deck.md"
HEAD = "<!-- slide -->\n\n# One {#sec-one}\n\n"
TEXT = HEAD + (
    "![c](a.svg){#fig-net}\n\n$$\na \\label{eq:loss}\n$$\n\nSee @fig-net, \\eqref{eq:loss} and `@fig-net`.\n\n"
    "```md\n@fig-net\n```\n\n<!-- slide -->\n\n# Two\n\n$b \\ref{eq:loss}$ [x](#fig-net) [@fig-net; @sec-one]\n"
)


@pytest.fixture
def course(demo):
    (demo / DECK).write_text(TEXT, "utf-8")
    (demo / "slides" / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (demo / "kejian.toml").write_text('bibliography = "refs.bib"\n', "utf-8")
    (demo / "refs.bib").write_text("@book{a,\n}\n@book{knuth,\n title = {TeX}}\n", "utf-8")
    return EditedCourse(root=demo, unsaved={})


def write(course, path, text):
    (course.root / path).parent.mkdir(parents=True, exist_ok=True)
    (course.root / path).write_text(text, "utf-8")


def place(text, marked):
    at = text.index(marked) + len(marked)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at) - 1


DEFINED = {
    "a file": ('@import "../demo_examples/sh', 'own.py" {symbol="text"}', "demo_examples/shown.py", 1),
    "a symbol": ('@import "../demo_examples/shown.py" {symbol="te', 'xt"}', "demo_examples/shown.py", 15),
    "a nested symbol": ('@import "own.py" {symbol="Net.for', 'ward"}', "slides/own.py", 2),
    "a region": ('@import "own.js" {region="lo', 'op"}', "slides/own.js", 2),
    "a call": ("`{python} shown.cou", "nt()`", "demo_examples/shown.py", 25),
    "a label": ("$$a \\label{x}$$\n\n\\eqref{", "x}", DECK, 5),
    "a section": ("See @sec-o", "ne", DECK, 3),
    "a work": ("As [@knu", "th] has it", "refs.bib", 3),
}


@pytest.mark.parametrize("name", DEFINED)
def test_a_name_leads_to_its_definition(name, course):
    before, after, path, line = DEFINED[name]
    write(course, "slides/own.py", "class Net:\n    def forward(self):\n        return 1\n")
    write(course, "slides/own.js", "let a;\n// #region loop\n// #endregion\n")
    write(course, DECK, f"{HEAD}{before}{after}\n")
    (found,) = definition(course, DECK, *place(HEAD + before, before))
    assert (found.file.relative_to(course.root).as_posix(), found.line) == (path, line)


def test_a_macro_leads_to_its_template(course):
    write(course, DECK, f"{HEAD}HEADER Title\n")
    (found,) = definition(course, DECK, 5, 3)
    assert found.file.name == "HEADER.html"
    write(course, "templates/macros/HEADER.html", "{# HEADER title... #}<h1>{{ title }}</h1>")
    (found,) = definition(course, DECK, 5, 3)
    assert found.file == course.root / "templates" / "macros" / "HEADER.html"


@pytest.mark.parametrize("text", ["words", "\\eqref{none}", '@import "gone.py" {symbol="x"}', "`{python} a.b()`"])
def test_what_is_defined_nowhere_leads_nowhere(text, course):
    write(course, DECK, f"{HEAD}{text}\n")
    assert definition(course, DECK, 5, len(text) - 3) == []


def test_a_label_is_found_wherever_it_is_mentioned_but_in_code(course):
    lines = [(one.line, one.start) for one in labels.uses(course, DECK, "fig-net")]
    assert lines == [(5, 13), (11, 5), (21, 23), (21, 34)]
    assert [one.line for one in labels.uses(course, DECK, "eq:loss")] == [8, 11, 21]


def test_a_label_gets_another_name_in_all_its_places(course):
    edits = labels.renamed(course, DECK, "fig-net", "fig-layers")
    text = applied(TEXT, edits)
    assert text.count("fig-layers") == 4
    assert "`@fig-net`" in text
    write(course, DECK, text)
    assert [one.code for one in course.deck(DECK).diagnostics] == []


def test_parts_and_links_of_other_decks_follow(course):
    write(course, "slides/part.md", "$$b \\label{eq:part}$$\n")
    write(
        course,
        "slides/b.md",
        f'{HEAD}@import "part.md"\n\n\\eqref{{eq:part}} [n](deck.md#fig-net) [n](deck.html#fig-net)\n',
    )
    write(course, "slides/c.md", f'{HEAD}@import "part.md"\n\n\\eqref{{eq:part}} @fig-net\n')
    places = {(one.path, one.line) for one in labels.uses(course, "slides/b.md", "eq:part")}
    assert places == {("slides/part.md", 1), ("slides/b.md", 7), ("slides/c.md", 7)}
    assert places == {(one.path, one.line) for one in labels.uses(course, "slides/part.md", "eq:part")}
    linked = [one.path for one in labels.uses(course, DECK, "fig-net")]
    assert (linked.count("slides/b.md"), linked.count("slides/c.md")) == (2, 1)


def test_a_label_of_another_deck_is_found_and_renamed_with_it(course):
    write(course, "slides/b.md", f"{HEAD}By @fig-net.\n")
    assert [one.code for one in course.deck("slides/b.md").diagnostics] == []
    (found,) = definition(course, "slides/b.md", *place(f"{HEAD}By @fig-n", "By @fig-n"))
    assert (found.file.relative_to(course.root).as_posix(), found.line) == (DECK, 5)
    assert labels.uses(course, "slides/b.md", "fig-net") == labels.uses(course, DECK, "fig-net")
    edits = [one for one in labels.renamed(course, DECK, "fig-net", "fig-layers") if one.place.path == "slides/b.md"]
    write(course, "slides/b.md", applied(course.text("slides/b.md"), edits))
    assert course.text("slides/b.md").endswith("By @fig-layers.\n")


def test_a_finding_about_another_deck_s_label_ends_when_that_deck_has_it(course):
    write(course, "slides/b.md", f"{HEAD}By @fig-late.\n")
    assert [one.code for one in course.deck("slides/b.md").diagnostics] == ["unresolved-reference"]
    write(course, "slides/c.md", f"{HEAD}![c](a.svg){{#fig-late}}\n")
    assert [one.code for one in course.deck("slides/b.md").diagnostics] == []


REFUSED = {
    "tbl-net": "cannot be written after @",
    "fig-": "cannot be written after @",
    "fig-b": "has a label fig-b already",
}


@pytest.mark.parametrize("new", REFUSED)
def test_a_label_does_not_get_a_name_that_it_cannot_have(new, course):
    write(course, DECK, TEXT.replace("@sec-one]", "@sec-one]\n\n![d](a.svg){#fig-b}"))
    with pytest.raises(RenameRefusedError, match=REFUSED[new]):
        labels.renamed(course, DECK, "fig-net", new)


def test_a_label_of_a_part_that_means_two_things_keeps_its_name(course):
    write(course, "slides/part.md", "\\eqref{eq:x}\n")
    for name in ("b", "c"):
        write(course, f"slides/{name}.md", f'{HEAD}$${name} \\label{{eq:x}}$$\n\n@import "part.md"\n')
    with pytest.raises(RenameRefusedError, match=r"part\.md is a part of slides/c\.md too"):
        labels.renamed(course, "slides/b.md", "eq:x", "eq:y")
    with pytest.raises(RenameRefusedError, match="has the label eq:none"):
        labels.renamed(course, DECK, "eq:none", "eq:y")
    with pytest.raises(RenameRefusedError, match="cannot be a label"):
        labels.renamed(course, DECK, "eq:loss", "a b")


QUOTES = HEAD + (
    '@import "../demo_examples/base.py" {symbol="scaled" .line-numbers}\n\n`{python} base.scaled(3)`\n\n'
    '@import "../demo_examples/shown.py" {symbol="text" cmd=true}\n'
)


def symbol(course, name):
    found = course.package().find(name)
    assert found
    return found


def test_a_function_is_found_in_decks(course):
    write(course, DECK, QUOTES)
    found = rename_symbol.uses(course, symbol(course, "base.scaled"))
    assert [(one.path, one.line, one.end - one.start) for one in found] == [
        ("demo_examples/base.py", 4, 6),
        (DECK, 5, 6),
        (DECK, 7, 6),
    ]


@pytest.mark.slow
def test_a_function_gets_another_name_in_decks_and_in_the_package(course):
    write(course, DECK, QUOTES)
    edits = rename_symbol.renamed(course, symbol(course, "base.scaled"), "doubled")
    for path in {edit.place.path for edit in edits}:
        write(course, path, applied(course.text(path), [edit for edit in edits if edit.place.path == path]))
    assert 'symbol="doubled"' in course.text(DECK)
    assert "base.doubled(3)" in course.text(DECK)
    assert "def doubled(x)" in course.text("demo_examples/base.py")
    assert "import doubled" in course.text("demo_examples/shown.py")
    assert "scaled" not in course.text("demo_examples/shown.py")


UNCLEAR = {
    "as text": ("demo_examples/other.py", 'NAMES = ["scaled"]\n', "has the name as text"),
    "of an object": ("demo_examples/other.py", "def f(x):\n    return x.scaled\n", "it is not clear what scaled means"),
    "taken": ("demo_examples/base.py", "SCALE = 2\n\n\ndef scaled(x):\n    return x\n\n\ndoubled = 1\n", "already"),
    "no Python": ("demo_examples/other.py", "def scaled(:\n", "not Python"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", UNCLEAR)
def test_a_function_keeps_its_name_where_a_place_is_unclear(name, course):
    path, text, why = UNCLEAR[name]
    write(course, path, text)
    with pytest.raises(RenameRefusedError, match=why):
        rename_symbol.renamed(course, symbol(course, "base.scaled"), "doubled")


@pytest.mark.slow
def test_another_function_of_the_same_name_keeps_it(course):
    write(course, "demo_examples/other.py", "def scaled(x):\n    return x\n\n\ndef one():\n    return scaled(1)\n")
    edits = rename_symbol.renamed(course, symbol(course, "base.scaled"), "doubled")
    assert {edit.place.path for edit in edits} == {"demo_examples/base.py", "demo_examples/shown.py"}


@pytest.mark.parametrize("new", ["class", "two words", "1st"])
def test_a_function_does_not_get_a_name_that_is_none(new, course):
    with pytest.raises(RenameRefusedError, match="is no name of Python"):
        rename_symbol.renamed(course, symbol(course, "base.scaled"), new)


def test_in_a_python_file_the_cursor_stands_on_what_a_line_defines(course):
    at = name_at(course, "demo_examples/base.py", 4, 6)
    assert (at.kind, at.name) == ("symbol", "scaled")
    assert names.definition(course.package(), at) == symbol(course, "base.scaled")
    assert name_at(course, "demo_examples/base.py", 5, 12) is None


def test_the_outline_has_slides_with_those_below_them(course):
    write(
        course,
        DECK,
        "Before.\n\n<!-- slide -->\n\n# A\n\n<!-- slide vertical=true -->\n\n# B\n\n<!-- slide -->\n\nC\n\n\n",
    )
    top, last = outline.outline(course, DECK)
    assert (top.title, top.first, top.last, [one.title for one in top.below]) == ("A", 3, 10, ["B"])
    assert (last.title, last.detail) == ("…", "1")
    assert outline.folds(course, DECK) == [(3, 5), (7, 9), (11, 13)]
    assert [outline.slide_at(course, DECK, line) for line in (1, 5, 9, 13)] == [
        ("slides/deck.html", 0, 0),
        ("slides/deck.html", 0, 0),
        ("slides/deck.html", 0, 1),
        ("slides/deck.html", 1, 0),
    ]


def test_the_outline_of_a_page_has_its_headings(course):
    write(course, "slides/page.md", "# A\n\nText.\n\n## B\n")
    assert [(one.title, one.first) for one in outline.outline(course, "slides/page.md")] == [("A", 1), ("B", 5)]
    assert outline.slide_at(course, "slides/page.md", 1) is None
    assert outline.folds(course, "slides/page.md") == []
