"""Hostile input costs what its length costs: eight times as long is not 64 times the work."""

import contextlib

import pytest

from kejian.core import addresses, config, css
from kejian.core.disk.files import Folder
from kejian.core.model import Source
from kejian.examples.output_html import _CODE
from kejian.makers import dot, tex_macros
from kejian.makers.mermaid import colours, hints, words
from kejian.parse.deck import parse
from kejian.parse.discover import matches
from kejian.parse.html import active_content, publishable, sanitize
from kejian.parse.html.links import Targets
from kejian.parse.lines import frontmatter
from kejian.pipeline.context import prepare
from tests.fuzz.growth import linear

pytestmark = pytest.mark.slow

DECKS = {
    "comments that never end": ("", "<!-- ", ""),
    "marks that never end": ("", "<!-- slide x='", ""),
    "tags that never end": ("", "<a b='", ""),
    "handlers that are none": ("<p ", 'onx onxx "', ">"),
    "addresses that are none": ("", '<a href="java script', ""),
    "styles that are none": ("<p style='", "url( u\\72 l(/*", "'>x</p>"),
    "fences that never end": ("", "```x {a='b\n", ""),
    "brackets that never end": ("", "[", ""),
    "links that never end": ("", "[x](<", ""),
    "pictures in pictures": ("", "![", ""),
    "emphasis that never ends": ("", "*a **b _c ", ""),
    "code spans of every length": ("", "`a``b```c", ""),
    "formulas that never end": ("", "$x \\(y ", ""),
    "braces in formulas": ("<p>$", "{", "$</p>"),
    "quotes in quotes": ("", "> ", "x"),
    "attributes that never end": ("# x {", "a=\"b' c=[", "}"),
    "entities that are none": ("", "&#x110000;&abc", ""),
    "imports that are none": ("", '@import "x\n', ""),
    "addresses in text": ("", "www.http://a@b.", ""),
    "highlights and critic marks": ("", "{++a{--b==c", ""),
    "tables without end": ("|a|\n|-|\n", "|" * 40 + "\n", ""),
    "footnotes of footnotes": ("", "[^a]: x[^a]\n\n", ""),
    "abbreviations": ("*[a]: b\n\n", "a aa ", ""),
}
PARTS = {
    "a style": (lambda text: found_in(text), "\\/*u(\\72"),
    "a style's addresses": (lambda text: found_in(text), "url('a') @import 'b';"),
    "a style's broken addresses": (lambda text: found_in(text), "url( '@import"),
    "a style's comments": (lambda text: found_in(text), "/* *"),
    "a style's blocks": (lambda text: found_in(f"'x'{text}"), "a{(["),
    "a style's numbers": (lambda text: found_in(f"'x'{text}"), "1.1e1"),
    "a style's texts": (lambda text: found_in(text), "'\\\n\\61 '\n"),
    "a style's escapes": (lambda text: found_in(f"'x'{text}"), "\\75 "),
    "a style's declarations": (lambda text: found_in(text), "a:'b';c:hover{d:e}"),
    "a style with addresses put in": (lambda text: rewritten(text), "url(a)/**/"),
    "an address": (addresses.is_remote, "%2f\\\t:"),
    "an address that stays": (lambda text: addresses.inside(text, "a/b.md"), "../a%2e/"),
    "an address that holds its picture": (lambda text: addresses.embedded(f"data:image/png{text}"), ";a=b"),
    "a list of pictures": (lambda text: Targets(deck="a.md", folder=Folder(".")).pictures(text), "a\0, "),
    "a background": (
        lambda text: Targets(deck="a.md", folder=Folder(".")).attribute("data-background", text),
        " \ufeff",
    ),
    "notes in notes": (
        lambda text: Targets(deck="a.md", folder=Folder(".")).attribute("data-notes", text),
        "<b data-notes='",
    ),
    "a file's beginning": (lambda text: publishable.begins_as_page(text.encode()), "\0 <"),
    "an element's attributes": (lambda text: sanitize.clean(f"<p {text}>"), "style='url(' a="),
    "a drawing": (lambda text: active_content.drawing(f"<svg>{text}".encode()), "<g a='b'>"),
    "what a notebook says": (sanitize.unable, "<a ='[x](&#"),
    "front matter": (lambda text: frontmatter.read(f"---\n{text[:60_000]}\n---", "a.md"), "- {a: [\n"),
    "settings": (config.read, "[[a]]\nb='"),
    "TeX macros": (lambda text: tex_macros.read("a.js", f"tex:{{macros:{text}"), "{'a':`\"/*"),
    "a graph": (dot.prepared, '<"/*\n#[a="'),
    "a graph's links": (lambda text: list(dot.left_out(text)), 'a [URL="x" <'),
    "a graph's pictures": (lambda text: list(dot.left_out(text)), 'a [image="x"]\n'),
    "what a Mermaid drawing leaves out": (lambda text: list(hints.left_out(text)), "click a x fa:fa-\n"),
    "the words of a Mermaid source": (lambda text: words.undrawn(text, "", text), 'a["b"] --> <c%% @{\n'),
    "the colours of a Mermaid source": (colours.written, "rgb(#fff red ("),
    "a note": (lambda text: _CODE.sub("", text), "`a"),
    "a pattern": (lambda text: matches("a/" * 50 + "b", text.split("/")[:2000]), "**/a*/"),
}


def found_in(text):
    with contextlib.suppress(css.AmbiguousCssError):
        css.addresses(text)


def rewritten(text):
    css.rewritten(text, lambda one: one.value)


@pytest.fixture(scope="module")
def around(tmp_path_factory):
    """What a deck is parsed with."""
    return prepare(Folder(tmp_path_factory.mktemp("course")), config.Course()).around


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_costs_what_its_length_costs(name, around):
    before, unit, after = DECKS[name]
    holds, measured = linear(
        lambda text: parse(Source("slides/a.md", f"<!-- slide -->\n\n{text}"), around),
        lambda n: before + unit * (n // len(unit)) + after,
    )
    assert holds, measured


@pytest.mark.parametrize("name", PARTS)
def test_a_part_costs_what_its_length_costs(name):
    run, unit = PARTS[name]
    holds, measured = linear(run, lambda n: unit * (n // len(unit)))
    assert holds, measured
