"""Text of a paragraph: marks, links, and letters that mean something in Markdown."""

import pytest

from kejian.migrate.powerpoint.inline import Marks, TextRun, markdown

PLAIN, BOLD, CODE = Marks(), Marks(bold=True), Marks(code=True)


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([TextRun("plain", PLAIN)], "plain"),
        ([TextRun("all ", BOLD), TextRun("bold ", BOLD), TextRun("not", PLAIN)], "**all bold** not"),
        ([TextRun("both", Marks(bold=True, italic=True))], "***both***"),
        ([TextRun("x", PLAIN), TextRun("2", Marks(level=30000)), TextRun("i", Marks(level=-25000))], "x^2^~i~"),
        ([TextRun("gone", Marks(struck=True))], "~~gone~~"),
        ([TextRun("f(`x`)", CODE)], "`` f(`x`) ``"),
        ([TextRun(" ", BOLD), TextRun("a", PLAIN)], "a"),
        ([TextRun("see ", PLAIN), TextRun("it", Marks(link="https://a.org/b"))], "see [it](https://a.org/b)"),
        ([TextRun("it", Marks(bold=True, link="https://a.org/b (c)"))], "[**it**](<https://a.org/b (c)>)"),
        ([TextRun("one\ntwo", PLAIN)], "one<br>two"),
        ([], ""),
    ],
)
def test_marks(pieces, expected):
    assert markdown(pieces) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* [b] $5 a|b {c} ~d^", r"\*a\* \[b\] \$5 a\|b \{c} \~d\^"),
        ("snake_case 1 < 2 & 3", "snake_case 1 < 2 & 3"),
        ("_x_ <b> &lt; :smile: a==b", r"\_x\_ \<b> \&lt; \:smile: a\=\=b"),
        ("# no heading", r"\# no heading"),
        ("- no item", r"\- no item"),
        ("1. no number", r"1\. no number"),
        ("2026", "2026"),
        ("2.5 is a number", "2.5 is a number"),
        ('@import "x"', r'\@import "x"'),
        ("::: no container", r"\::: no container"),
        ("C:\\a", "C:\\\\a"),
    ],
)
def test_letters_stay_letters(text, expected):
    assert markdown([TextRun(text, PLAIN)]) == expected
