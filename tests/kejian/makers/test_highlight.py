"""Listings."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers import get_all_lexers
from pygments.token import STANDARD_TYPES
from selectolax.lexbor import LexborHTMLParser

from kejian.core.diagnostics import Severity, Span
from kejian.core.model import Artifact, Listing
from kejian.makers import highlight
from kejian.makers.highlight import Highlighter, highlighted
from tests.kejian.makers.filled import filled


def listing(code, language):
    return Listing(code, language, Span("a.md"))


def text(html):
    return LexborHTMLParser(f"<pre><code>{html}</code></pre>").css_first("code").text()


def test_python():
    assert highlighted("def f(x):\n    return x < 1\n", "python") == (
        '<span class="line"><span class="k">def</span> <span class="nf">f</span><span class="p">(</span>'
        '<span class="n">x</span><span class="p">)</span><span class="p">:</span>\n</span>'
        '<span class="line">    <span class="k">return</span> <span class="n">x</span> <span class="o">&lt;</span> '
        '<span class="mi">1</span>\n</span>'
    )


def test_a_token_of_several_lines_is_opened_again_on_each():
    assert highlighted('"""a\nb"""', "python") == (
        '<span class="line"><span class="sd">&quot;&quot;&quot;a\n</span></span>'
        '<span class="line"><span class="sd">b&quot;&quot;&quot;</span></span>'
    )


@pytest.mark.parametrize("language", ["", "no-such-language", "txt", "mermaid"])
def test_unknown_language_is_plain_text(language):
    assert highlighted("a < b\n\nc", language) == (
        '<span class="line">a &lt; b\n</span><span class="line">\n</span><span class="line">c</span>'
    )


@pytest.mark.parametrize("language", "vhd erl c++ js py ts sh viz gv kt m f90 yml rs golang node".split())
def test_known(language):
    assert '<span class="line"><span class=' in highlighted("if x = 1;\n", language)


EVERY = sorted(names[0] for _, names, _, _ in get_all_lexers() if names)
TEXTS = (
    "$ ls",
    "a=b",
    'if x = 1;\n  return "a\n',
    ">>> print(1)\n1\n>>> ",
    "\n\n a\t\n ",
    "-> <? <!-- /* (* {- % # ' ` ${ @",
    "中é",
)


@pytest.mark.slow
@pytest.mark.parametrize("language", EVERY)
def test_no_lexer_loses_a_letter(language):
    for code in TEXTS:
        assert text(highlighted(code, language)) == code


@pytest.mark.parametrize(
    "language", ["console", "pycon", "bash-session", "doscon", "tcshcon", "rconsole", "psysh", "tnt"]
)
def test_a_last_line_without_a_line_feed_is_there(language):
    assert text(highlighted("$ ls", language)) == "$ ls"
    assert '<span class="' in highlighted("$ ls", "console").removeprefix('<span class="line">')


def test_what_a_lexer_would_lose_stays_as_plain_text():
    assert highlighted("\ufeffx = 1\n", "python") == '<span class="line">\ufeffx = 1\n</span>'


@pytest.mark.parametrize("where", ["the main thread", "a preview's thread"])
def test_highlighting_that_does_not_end_leaves_plain_text_and_a_finding(monkeypatch, where):
    monkeypatch.setattr(highlight, "SECONDS", 0.01)
    monkeypatch.setattr(highlight, "PER_SECOND", 10**9)
    long = listing("x = [1, 2, 3]  # a line\n" * 20_000, "python")
    short = listing("x = 1\n", "text")

    def made():
        with Highlighter().make([short, long, short]) as holes:
            return [one for _, one in holes]

    with ThreadPoolExecutor(1) as pool:
        first, found, last = made() if where == "the main thread" else pool.submit(made).result()
    assert first == last == Artifact(html='<span class="line">x = 1\n</span>')
    assert (found.code, found.severity, found.span) == ("listing-too-slow", Severity.WARNING, long.span)
    assert "as `python` does not end in" in found.message
    assert "another one" in found.hint


def test_what_a_lexer_does_not_know_is_not_marked():
    assert "err" not in highlighted("x = ？\n", "python")


@given(st.text(alphabet=" \n\tab\"'#<&(é中\\", max_size=40), st.sampled_from(["python", "c", "json", "html", ""]))
def test_the_text_is_the_code_and_each_line_is_a_span(code, language):
    html = highlighted(code, language)
    assert text("<b></b>" + html) == code
    assert html.count('<span class="line">') == len(code.removesuffix("\n").split("\n")) if code else not html


def test_the_maker():
    holes = [listing("x = 1", "python"), listing("x = 1", "c")]
    maker = Highlighter()
    assert filled(maker, holes) == {hole: Artifact(html=highlighted(hole.code, hole.language)) for hole in holes}
    assert maker.key(holes[0]) != maker.key(holes[1])
    assert maker.key(holes[0]) == maker.key(Listing("x = 1", "python", Span("b.md")))


PLAIN = {"", "esc", "g", "go", "l", "nx", "pm", "py", "w", "x"}
"""Pygments' classes of what is shown in the colour of the text."""


def test_the_theme_has_a_rule_for_every_class():
    sheet = (Path(__file__).parents[3] / "templates/theme/content.css").read_text("utf-8")
    ruled = {name for rule in re.findall(r"pre code :is\(([^)]*)\)", sheet) for name in re.findall(r"\.(\w+)", rule)}
    assert set(STANDARD_TYPES.values()) - ruled == PLAIN
