"""The parser as a whole: blocks as markdown-it reads them, CommonMark's own examples, any text at all."""

import re
from functools import partial
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core.diagnostics import Span
from kejian.core.model import Listing
from kejian.parse.markdown import FileRenderer
from kejian.parse.markdown.parser import build
from kejian.parse.markdown.render_state import FileScope, RenderState, environment

CASES = "blocks.md"
SPEC = Path(__file__).parents[4] / "node_modules" / "commonmark-spec" / "spec.txt"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
OURS = {
    12: r"`\[` opens a formula",
    64: "a heading needs no blank",
    548: "wiki link",
    559: "wiki link",
    590: "wiki link",
    596: "scheme irc",
    598: "scheme a+b+c",
    599: "a made-up scheme",
    601: "`localhost:5001` is a scheme to a browser",
    602: "addresses in running text",
    606: "mail addresses in running text",
    608: "addresses in running text",
    611: "addresses in running text",
    612: "mail addresses in running text",
}
_PIECES = (
    "$·$$·\\(·\\)·\\[·\\]·\\·{·}·{--·--}·{~~·~>·~~}·{>>·<<}·==·~·^·^[·[^1]·[^1]: ·[·]·(·)·[[·|·]]·![·](u)·"
    "{.c}·{#i k=v}·:·:fa-x:·://·http://a.b·www.a.com·a@b.cc·**·_·`·```·~~~·```py {.x}·\n·\n\n·\n    ·\n- ·"
    '\n> ·\n1. ·# ·\n|a|b|\n|-|-|\n·|^|>|·<·<b>·</b>·<sos>·<!--·-->·<!-- .element: class="x" -->·[TOC]·'
    '*[H]: t·H·a·中·，· ·\t·&amp;·\n: d·!!! n\n·> [!NOTE]\n·- [ ] ·---·<div>\n·</div>·"·:::n\n·\r·\x00·'
    "\n[x]: u\n·[x](a:b)·\n"
)
PIECES = _PIECES.split("·")


def test_case(case, shown):
    assert shown(case.text) == case.expected


def examples():
    """CommonMark's examples, numbered from 1; the package is a development dependency."""
    if not SPEC.exists():
        return []
    found = EXAMPLE.findall(SPEC.read_text("utf-8").replace("→", "\t"))
    return [pytest.param(n, *example, id=str(n)) for n, example in enumerate(found, 1)]


@pytest.mark.parametrize("number, text, expected", examples())
def test_commonmark(number, text, expected):
    """Every example but ours, with all our rules, as CommonMark has it; one of ours that became alike is none."""
    found = RenderState(locate=place, shared=FileScope())
    html = build().render(text, environment(found, 1))
    assert (alike(filled(html, found.holes)) == alike(expected)) == (number not in OURS), OURS.get(number)


@pytest.mark.skipif(not SPEC.exists(), reason="the package with the specification is not installed")
def test_all_of_commonmark_is_looked_at():
    assert len(examples()) == 652
    assert set(OURS) < set(range(1, 653))


def place(line, _snippet, _offset=0):
    return Span("", line + 1)


def filled(html, holes):
    for number, hole in enumerate(holes):
        text = f"{hole.code}\n" if isinstance(hole, Listing) else f"${hole.tex}$"
        html = html.replace(f'<kj-hole n="{number}"></kj-hole>', text.replace("&", "&amp;").replace("<", "&lt;"))
    html = re.sub(r'<pre class="(language-[^"]*)"><code>', r'<pre><code class="\1">', html)
    return re.sub(r'<h(\d) id="[^"]*">', r"<h\1>", html)


def alike(html):
    """HTML less what does not matter: how quotes are escaped, `/` in empty tags, newlines between tags.

    A newline in a paragraph breaks the line here: `<br>` before it counts as nothing.
    """
    html = html.replace(" />", ">").replace("<br>\n", "\n")
    return re.sub(r"\s*(</?blockquote>|</code>)\s*", r"\1", unescape(html))


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_becomes_html_with_each_hole_once(body, text):
    lines = text.split("\n")
    scope = FileRenderer()
    scope.collect([lines])
    made = body(lines, scope)
    numbers = [int(n) for n in re.findall(r'<kj-hole n="(\d+)"></kj-hole>', made.html)]
    assert sorted(numbers) == list(range(len(made.holes)))


@given(st.lists(st.sampled_from(PIECES), max_size=15).map("".join))
def test_the_same_text_gives_the_same_outcome(shown, text):
    assert shown(text) == shown(text)


_REPEATED = (
    '$ ·$$ a·$$ a\n·\\[ a\n·\\( \\\\\\)·- \\[\n·> $$\n·{-- ·![](a){·[a](b){c="·==a ·~a ·^a ·^[·[[a|·'
    "http://a ·://·a@·a@b.·www.·:fa-a-·<sos> ·[a](javascript:x) ·# {·# a\n·*[a]: b\n·[TOC]\n\n·"
    "- a <!-- .element: .x -->\n·`a`$b$\n·!!! note\n·a\n: b\n·[^a]: b\n·<p>$ { ·<p>\\( ·<p> $a <b$ "
)


@pytest.mark.parametrize("piece", _REPEATED.split("·"))
def test_twice_the_text_costs_twice_the_calls(body, piece, counted):
    """Counted, not timed: Python and C functions called while rendering."""
    once, twice = (counted(partial(body, (piece * times).split("\n"), FileRenderer())) for times in (200, 400))
    assert twice < 2.3 * once


@pytest.mark.parametrize(
    ("written", "off", "on"),
    [
        (
            '"a" -- b...',
            ("typographer", False, "<p>&quot;a&quot; -- b...</p>"),
            ("typographer", True, "<p>“a” – b…</p>"),
        ),
        ("a\nb", ("single_newlines", False, "<p>a\nb</p>"), ("single_newlines", True, "<p>a<br>\nb</p>")),
        ("{++a++}", ("critic", False, "<p>{++a++}</p>"), ("critic", True, "<p><ins>a</ins></p>")),
        (":smile:", ("emoji", False, "<p>:smile:</p>"), ("emoji", True, "<p>😄</p>")),
        ("$a$", ("inline_math", (), "<p>$a$</p>"), ("inline_math", (("$", "$"),), '<p><kj n="0"/></p>')),
        ("a $$b$$", ("display_math", (), "<p>a $$b$$</p>"), ("display_math", (("$$", "$$"),), '<p>a <kj n="0"/></p>')),
        ("\\(a\\)", ("inline_math", (("$", "$"),), "<p>(a)</p>"), ("critic", True, '<p><kj n="0"/></p>')),
        ("<p>$a$</p>", ("inline_math", (), "<p>$a$</p>"), ("critic", True, '<p><kj n="0"/></p>')),
        (
            "[[a|b]]",
            ("wiki_links", "text|page", '<p><a href="b.md">a</a></p>'),
            ("wiki_links", "page|text", '<p><a href="a.md">b</a></p>'),
        ),
    ],
)
def test_settings(shown, written, off, on):
    for name, value, html in (off, on):
        assert shown(written, **{name: value}).partition("\n|")[0].strip() == html
