"""Hostile input costs what its length costs: eight times as long is not 64 times the work."""

import pytest

from kejian import config
from kejian.folder import Folder
from kejian.makers import dot, texmacros
from kejian.model import Source
from kejian.reading import active, frontmatter, sanitize, styles
from kejian.reading.discover import matches
from kejian.reading.parse import parse
from kejian.running.showing import _CODE
from kejian.setting import prepare
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
    "a style": (lambda text: styles.plain(text), "\\/*u(\\72"),
    "a style's addresses": (lambda text: styles.leaving(text, "a.css", Folder(".")), "url( '@import"),
    "a style's comments": (lambda text: styles.plain(text), "/* *"),
    "an element's attributes": (lambda text: sanitize.clean(f"<p {text}>"), "style='url(' a="),
    "a drawing": (lambda text: active.drawing(f"<svg>{text}".encode()), "<g a='b'>"),
    "what a notebook says": (sanitize.unable, "<a ='[x](&#"),
    "front matter": (lambda text: frontmatter.read(f"---\n{text[:60_000]}\n---", "a.md"), "- {a: [\n"),
    "settings": (config.read, "[[a]]\nb='"),
    "TeX macros": (lambda text: texmacros.read("a.js", f"tex:{{macros:{text}"), "{'a':`\"/*"),
    "a graph": (dot.prepared, '<"/*\n#[a="'),
    "a graph's links": (dot.refused_links, 'a [URL="x" <'),
    "a note": (lambda text: _CODE.sub("", text), "`a"),
    "a pattern": (lambda text: matches("a/" * 50 + "b", text.split("/")[:2000]), "**/a*/"),
}


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
