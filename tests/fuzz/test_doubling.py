"""Twice the text is twice the work, for every rule and every scan: no input of a megabyte hangs a build."""

import contextlib
from pathlib import Path
from tempfile import mkdtemp

import pytest

from kejian.core import attributes, config, css
from kejian.core.config import Course
from kejian.core.diagnostics import Span
from kejian.core.disk.files import Folder
from kejian.core.model import Source
from kejian.examples.record import file_format, normalise, tolerance
from kejian.examples.record.compare_text import compare
from kejian.makers import tex_macros
from kejian.makers.dot import prepared
from kejian.parse import markdown
from kejian.parse.deck import ParseContext, parse
from kejian.parse.lines import frontmatter
from kejian.parse.lines.editions import Edition
from kejian.parse.lines.text_macros import Macro, table
from kejian.parse.quote import calls, quote
from kejian.render.sections import parts
from kejian.render.utility_css import used
from tests.fuzz.growth import linear
from tests.fuzz.pathological import DECK, MARKDOWN, TEXTS, runs
from tests.fuzz.targets import TARGETS

pytestmark = pytest.mark.slow


def found_in(text):
    with contextlib.suppress(css.AmbiguousCssError):
        css.addresses(f"'x'{text}")


SCANS = {"dot": prepared, "sections": parts, "classes": used, "styles": found_in}
SIGNS = runs("signs")


def compared(text):
    words, _, rest = text.partition("\n")
    old, mark, new = rest.partition("\0")
    compare(old + "a", (new if mark else old) + "b", tolerance.read(words), tuple(normalise.RULES))


def split(text):
    return list(calls.split_format(text)), TARGETS["call"](text.encode())


WORK = {
    "attributes": attributes.parse,
    "texmacros": lambda text: [tex_macros.read(path, text) for path in ("a.json", "a.js")],
    "settings": config.read,
    "frontmatter": lambda text: frontmatter.read(f"---\n{text}\n---\n", "a.md"),
    "call": split,
    "record": lambda text: file_format.read("a.f", text.encode(), lambda _: b"x"),
    "compare": compared,
    "quote": lambda text: quoted(*text.split("\n", 1)),
}


def quoted(words, text):
    read = attributes.parse(words)
    span = Span("a.md")
    return quote.quote(text, "a.py", read, span), quote.prefer_symbol(text, "a.py", read, span)


def body(text):
    lines = text.split("\n")
    scope = markdown.FileRenderer(slide_code=True)
    scope.collect([lines])
    return markdown.render(lines, lambda index, *_: Span("a.md", index + 1), scope)


@pytest.fixture(scope="module")
def course():
    root = Path(mkdtemp())
    (root / "part.md").write_text("part\n", "utf-8")
    (root / "code.py").write_text("def f():\n    return 1\n", "utf-8")
    (root / "t.csv").write_text("a,b\n1,2\n", "utf-8")
    (root / "s.css").write_text("a {}\n", "utf-8")
    (root / "p.png").touch()
    macros = [Macro("HEADER", ("title",), True, "<b>{title}</b>".format_map), Macro("批注", (), False, lambda _: "<i>")]
    (root / "refs.bib").write_text("@book{a}\n@book{b}\n", "utf-8")
    return ParseContext(Folder(root), table(macros), Course(slide_code=True), Edition("", ("teacher",), ("teacher",)))


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown(name):
    holds, measured = linear(body, MARKDOWN[name])
    assert holds, measured


@pytest.mark.parametrize("name", DECK)
def test_a_deck(name, course):
    holds, measured = linear(lambda text: parse(Source("a.md", text), course), DECK[name])
    assert holds, measured


def cases():
    return [(target, name) for target, (_, builds) in TEXTS.items() for name in builds]


@pytest.mark.parametrize("target, name", cases(), ids=[f"{target}: {name}" for target, name in cases()])
def test_what_is_read(target, name):
    before, builds = TEXTS[target]
    read = WORK[target.partition(" ")[0]]
    holds, measured = linear(read, lambda n: before + builds[name](n))
    assert holds, measured


@pytest.mark.parametrize("scan", SCANS)
@pytest.mark.parametrize("name", SIGNS)
def test_what_is_scanned(scan, name):
    holds, measured = linear(SCANS[scan], SIGNS[name])
    assert holds, measured


def test_the_measure_tells_a_square_from_a_line():
    """Not each time: what disturbs the shorter text's measurements alone lets a square pass."""
    assert all(linear(each, "a".__mul__)[0] for _ in range(3))
    assert not all(linear(each_with_each, "a".__mul__)[0] for _ in range(10))


def each(text):
    return [letter for letter in text if letter == "b"]


def each_with_each(text):
    return [text.count("b", start) for start in range(0, len(text), 20)]
