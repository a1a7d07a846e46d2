"""What can be typed: the mark `|` is the cursor."""

import pytest

from kejian.editor.completion import candidates
from kejian.editor.course import EditedCourse

DECK = "slides/deck.md"
HEAD = (
    "---\nbibliography: refs.bib\n---\n<!-- slide -->\n\n# One {#sec-one}\n\n"
    "$$a \\label{eq:loss}$$\n\n![c](a.svg){#fig-net}\n\n"
)


@pytest.fixture
def course(demo):
    (demo / "slides" / "refs.bib").write_text("@book{knuth, title = {The TeXbook}}\n", "utf-8")
    (demo / "slides" / "part.md").write_text("# region\n", "utf-8")
    (demo / "code.js").write_text("// #region loop\nfor (;;) {}\n// #endregion\n", "utf-8")
    (demo / "macros.json").write_text('{"Xv": "\\\\mathbf{X}", "norm": ["\\\\|#1\\\\|", 1]}', "utf-8")
    (demo / "kejian.toml").write_text('editions = ["teacher"]\n[variables]\nterm = "2026"\n', "utf-8")
    return EditedCourse(root=demo, unsaved={})


def typed(course, text):
    """The candidates at the cursor, by what they are called."""
    text = HEAD + text
    at = text.index("|")
    (course.root / DECK).write_text(text.replace("|", "", 1), "utf-8")
    line = text.count("\n", 0, at) + 1
    return {one.label: one for one in candidates(course, DECK, line, at - text.rfind("\n", 0, at) - 1)}


CASES = {
    "a path": ('@import "|', ["part.md", "deck.md", "../demo_examples/shown.py"]),
    "a path in a folder": ('@import "../demo_examples/|', ["../demo_examples/shown.py", "../demo_examples/base.py"]),
    "a folder": ('@import "../|', ["../data/", "../demo_examples/"]),
    "a path in a comment": ('<!-- @import "../dat|', ["../data/"]),
    "a link": ("[a](|", ["part.md"]),
    "an attribute": ('@import "../demo_examples/shown.py" {|', ["symbol", "region", "cmd", "tol", "hide"]),
    "an attribute, begun": ('@import "../demo_examples/shown.py" {symbol="text" c|', ["cmd"]),
    "an attribute of a picture": ('@import "a.svg" {|', ["width", "alt"]),
    "an attribute of a diagram": ('@import "a.dot" {en|', ["engine"]),
    "a symbol": ('@import "../demo_examples/shown.py" {symbol="|', ["text", "value", "UnavailableError"]),
    "a symbol without quotes": ('@import "../demo_examples/shown.py" {symbol=te|', ["text"]),
    "a region": ('@import "../code.js" {region="|', ["loop"]),
    "an output": ('@import "../demo_examples/shown.py" {symbol="text" output="|', ["text", "table", "matrix"]),
    "a second word": ('@import "../demo_examples/shown.py" {output="matrix h|', ["heat"]),
    "a rule": ('@import "../demo_examples/shown.py" {normalise="|', ["durations"]),
    "a class": ('@import "../demo_examples/shown.py" {.|', ["line-numbers"]),
    "a slide's attribute": ("<!-- slide data-tr|", ["data-transition"]),
    "a slide's value": ("<!-- slide data-transition=|", ["fade", "none"]),
    "a slide's edition": ('<!-- slide edition="|', ["teacher"]),
    "a layout": ('<!-- slide class="|', ["statement", "figure"]),
    "a slide over lines": ("<!-- slide\n  data-vis|", ["data-visibility"]),
    "a fence": ("```python {highl|", ["highlight"]),
    "a call": ("There are `{python} |", ["shown.count()", "base.unrelated()"]),
    "a call, begun": ("There are `{python} shown.co|", ["shown.count()"]),
    "a macro": ("HEA|", ["HEADER"]),
    "a TeX macro": ("$\\X|", ["Xv"]),
    "a TeX macro in a block": ("$$\n\\no|\n$$", ["norm"]),
    "a label in TeX": ("\\eqref{|", ["eq:loss", "fig-net"]),
    "a label in a block": ("$$\n\\ref{e|\n$$", ["eq:loss"]),
    "a reference": ("See @f|", ["fig-net"]),
    "a work": ("See [@|", ["knuth", "fig-net"]),
    "a second work": ("See [see @a, p. 3; @kn|", ["knuth"]),
    "a work in a sentence": ("As @kn|", ["knuth"]),
    "an icon": (":fa-hear|", ["heart:"]),
    "an emoji": (":smil|", ["smile:", "smiley:"]),
    "a variable": ("{{te|", ["term}}"]),
    "a container": ("::: the|", ["theorem"]),
    "an element": ("- a {.f|", ["fragment"]),
}
NOTHING = {
    "in code": '```python\n@import "|\n```',
    "in a word": "mail@ex|",
    "after code": "`:smil|` is",
    "in a closed quotation": '@import "a.md" | ',
    "a time": "at 10:3|",
}


@pytest.mark.parametrize("name", CASES)
def test_words_that_can_be_typed(name, course):
    text, expected = CASES[name]
    assert set(expected) <= typed(course, text).keys()


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_is_completed(name, course):
    assert typed(course, NOTHING[name]) == {}


def test_a_word_is_written_in_place_of_its_beginning(course):
    one = typed(course, "参数 𝒳 `{python} shown.cou|")["shown.count()"]
    assert (one.new, one.place.end - one.place.start, one.detail) == ("shown.count()", 9, "demo_examples/shown.py")


def test_attributes_are_written_with_what_follows_them(course):
    found = typed(course, '@import "../demo_examples/shown.py" {|')
    assert {name: found[name].new for name in ("symbol", "cmd", "hide", "tol")} == {
        "symbol": 'symbol="',
        "cmd": "cmd=true",
        "hide": "hide",
        "tol": "tol=",
    }


def test_examples_come_before_what_needs_arguments_and_private_names_are_left_out(course):
    found = typed(course, '@import "../demo_examples/shown.py" {symbol="|')
    assert found["text"].order < found["needs"].order
    assert found["text"].detail == "Prints."


def test_an_attribute_that_is_written_is_not_offered_again(course):
    found = typed(course, '@import "../demo_examples/shown.py" {symbol="text" |')
    assert "symbol" not in found


@pytest.mark.parametrize("line, column", [(0, 0), (99, 3), (4, 999)])
def test_a_place_that_is_not_there_has_no_words(line, column, course):
    typed(course, "|")
    assert candidates(course, DECK, line, column) == []


def test_a_course_that_cannot_be_opened_completes_what_it_can(demo):
    (demo / "kejian.toml").write_text("[", "utf-8")
    (demo / DECK).write_text('@import "', "utf-8")
    course = EditedCourse(root=demo, unsaved={})
    assert "deck.md" in {one.label for one in candidates(course, DECK, 1, 9)}
    assert [one.code for one in course.wrong] == ["bad-config"]
