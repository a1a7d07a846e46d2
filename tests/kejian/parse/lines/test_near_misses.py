"""Lines that nearly are what they were meant for, and lines that only sound so."""

import pytest

from kejian.parse.lines.near_misses import in_comment, in_line

MACROS = ("HEADER", "FOOTER3")
COMMENTS = [
    (" Slide ", "almost-a-mark", "write <!-- slide -->"),
    ("slide", "almost-a-mark", "write <!-- slide -->"),
    (" slide: ", "almost-a-mark", "write <!-- slide -->"),
    (" slides ", "almost-a-mark", "write <!-- slide -->"),
    ("slide vertical=true .x", "almost-a-mark", "write <!-- slide vertical=true .x -->"),
    ("slide:vertical", "almost-a-mark", "write <!-- slide vertical -->"),
    (' .element: class="fragment" ', "almost-a-mark", 'text <!-- .element: class="fragment" -->'),
    (" element: class=x ", "almost-a-mark", "text <!-- .element: class=x -->"),
]
LINES = [
    ("  <!-- slide -->", 2, "almost-a-mark", "write <!-- slide -->"),
    ("甲 <!-- slide .x -->", 2, "almost-a-mark", "write <!-- slide .x -->"),
    ("- <!-- slide -->", 2, "almost-a-mark", "write <!-- slide -->"),
    ("<!— slide —>", 0, "almost-a-mark", "write <!-- slide -->"),
    ("<-- slide vertical=true -->", 0, "almost-a-mark", "write <!-- slide vertical=true -->"),
    ("@import t.csv", 0, "almost-an-import", 'write @import "t.csv" on'),
    ("@import 'a b.md'", 0, "almost-an-import", 'write @import "a b.md" on'),
    ("- @Import “a.py” width=3", 2, "almost-an-import", 'write @import "a.py" {width=3} on'),
    ("HEADER：动机", 0, "almost-a-macro", "write HEADER 动机"),
    ("FOOTER3\u3000a b c", 0, "almost-a-macro", "write FOOTER3 a b c"),
]


@pytest.mark.parametrize(("text", "code", "hint"), COMMENTS)
def test_comment(text, code, hint):
    found = in_comment(text)
    assert found.code == code
    assert hint in found.hint


@pytest.mark.parametrize("text", [" Slide 3: intro ", "slides for lecture 2", " elements of style ", "", " note "])
def test_remark(text):
    assert in_comment(text) is None


@pytest.mark.parametrize(("text", "column", "code", "hint"), LINES)
def test_line(text, column, code, hint):
    found = in_line(text, MACROS)
    assert (found.code, found.column) == (code, column)
    assert found.hint.startswith(hint)


@pytest.mark.parametrize(
    "text",
    [
        "write `<!-- slide -->` before it",
        "    <!-- slide -->",
        "<!-- slide -->",
        "@import url(x.css);",
        "@import 的写法",
        "a@import.org",
        "HEADERS",
        "a slide < b",
    ],
)
def test_text(text):
    assert in_line(text, MACROS) is None
