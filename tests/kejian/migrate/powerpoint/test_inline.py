"""Text of a paragraph: marks, links, and letters that mean something in Markdown."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from kejian.core.config import Course
from kejian.core.disk.files import Folder
from kejian.core.model import Source
from kejian.migrate.powerpoint.inline import Marks, TextRun, literal, markdown
from kejian.parse.deck import ParseContext, parse
from kejian.parse.lines.text_macros import Macros

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
        ("*a* $5 a|b {c} ~d^", r"\*a\* \$5 a\|b \{c} \~d\^"),
        ("an [odd] one, [x], [a](b) and [@key]", "an [odd] one, &#91;x], &#91;a](b) and &#91;@key]"),
        ("snake_case 1 < 2 & 3", "snake_case 1 < 2 & 3"),
        ("_x_ <b> &lt; :smile: a==b", r"\_x\_ \<b> \&lt; \:smile: a\=\=b"),
        ("# no heading", r"\# no heading"),
        ("- no item", r"\- no item"),
        ("1. no number", r"1\. no number"),
        ("2026", "2026"),
        ("2.5 is a number", "2.5 is a number"),
        ('@import "x"', r'\@import "x"'),
        ("::: no container", r"\:\:: no container"),
        ("C:\\a", "C\\:&#92;a"),
    ],
)
def test_letters_stay_letters(text, expected):
    assert markdown([TextRun(text, PLAIN)]) == expected


PIECES = """a B 1. 2) _ * ** ` $ $$ { } [ ] ( ) < <b> </i> > | ~ ~~ ^ == = # ## - -- + ++ ! @ @fig-x :smile: : ::
::: & &amp; \\ / // http://a.b 卷 ， … " ' ... (c) [[x]] [^1] {++x++} <!-- --> !!! === --- • % [x] [TOC]
www.a.org :( \\( \\[""".split()
CONTEXTS = {"paragraph": ("", ""), "item": ("- ", ""), "cell": ("| |\n|---|\n| ", " |"), "heading": ("## ", "")}


@pytest.mark.parametrize("context", CONTEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*PIECES, " "]), min_size=1, max_size=6).map("".join))
@example("--")
@example(":(")
def test_any_text_is_shown_as_it_was(tmp_path, context, text):
    before, behind = CONTEXTS[context]
    words = " ".join(text.split())
    around = ParseContext(Folder(tmp_path), Macros({}, {}), Course())
    deck = parse(Source("a.md", f"<!-- slide -->\n\n{before}{literal(words)}{behind}\n"), around)
    shown = LexborHTMLParser(deck.slides[0].html).body.text() if words else ""
    assert " ".join(shown.split()) == words
    assert deck.diagnostics == ()
