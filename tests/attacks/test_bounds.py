"""Hostile input costs what its length costs: four times as long takes less than ten times the work, where a quadratic
rule takes sixteen. Work is the processor's time, the least of several runs; no time by itself is ever asserted.
"""

import time

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

pytestmark = pytest.mark.slow

MOST = 10
TRIES = 4
LEAST_WORK = 0.012
"""Seconds; below that a clock's noise is larger than what is measured, and the input is made longer."""

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


def cost(run, text):
    """The least processor time of a few runs."""
    times = []
    for _ in range(3):
        start = time.process_time()
        run(text)
        times.append(time.process_time() - start)
    return min(times)


def ratio(run, unit, before="", after=""):
    count = 60
    while (short := cost(run, f"{before}{unit * count}{after}")) < LEAST_WORK and count * len(unit) < 250_000:
        count *= 2
    return cost(run, f"{before}{unit * (4 * count)}{after}") / max(short, LEAST_WORK)


def least(*words):
    """The least ratio of several tries, or the first that is small enough: other work on the machine only adds."""
    found = []
    while not found or (min(found) >= MOST and len(found) < TRIES):
        found.append(ratio(*words))
    return min(found)


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_costs_what_its_length_costs(name, around):
    before, unit, after = DECKS[name]
    run = lambda text: parse(Source("slides/a.md", f"<!-- slide -->\n\n{text}"), around)  # noqa: E731
    assert least(run, unit, before, after) < MOST


@pytest.mark.parametrize("name", PARTS)
def test_a_part_costs_what_its_length_costs(name):
    run, unit = PARTS[name]
    assert least(run, unit) < MOST


def test_work_that_grows_with_the_square_is_seen():
    """The canary: this very measure refuses what it is there to refuse."""
    assert least(lambda text: [text.find("y", at) for at in range(0, len(text), 3)], "xxx") > MOST
