"""Twice the text is twice the work, for every rule and every scan: no input of a megabyte hangs a build.

Measured is processor time, the least of some runs, with the garbage collector off: a ratio, never a time. Work that is
too little to be measured is measured on a longer text, up to a megabyte. A measurement may be disturbed; the law has to
hold in one of a few. One doubling may cost more where a text outgrows a processor's cache; a second one does not.
"""

import gc
import time
from pathlib import Path
from tempfile import mkdtemp

import pytest

from kejian import attributes, config, markdown
from kejian.config import Course
from kejian.diagnostics import Span
from kejian.folder import Folder
from kejian.makers import texmacros
from kejian.makers.dot import prepared
from kejian.model import Source
from kejian.page.sections import parts
from kejian.page.utilities import used
from kejian.quoted import calls, quote
from kejian.reading import frontmatter
from kejian.reading.macros import Macro, table
from kejian.reading.parse import Surroundings, parse
from kejian.reading.styles import plain
from kejian.record import normalise, recorded_files, tolerance
from kejian.record.compare import compare
from tests.conftest import SOAK
from tests.fuzz.pathological import DECK, MARKDOWN, TEXTS, runs
from tests.fuzz.targets import TARGETS

pytestmark = pytest.mark.slow

FIRST = 64_000 if SOAK else 4_000
LARGEST = 512_000
ENOUGH = 0.1 if SOAK else 0.012
"""Seconds of work that can be told from noise."""

TRIES = 4
SCANS = {"dot": prepared, "sections": parts, "classes": used, "styles": plain}
SIGNS = runs("signs")


def compared(text):
    words, _, rest = text.partition("\n")
    old, mark, new = rest.partition("\0")
    compare(old + "a", (new if mark else old) + "b", tolerance.read(words), tuple(normalise.RULES))


def split(text):
    return list(calls.split_format(text)), TARGETS["call"](text.encode())


WORK = {
    "attributes": attributes.parse,
    "texmacros": lambda text: [texmacros.read(path, text) for path in ("a.json", "a.js")],
    "settings": config.read,
    "frontmatter": lambda text: frontmatter.read(f"---\n{text}\n---\n", "a.md"),
    "call": split,
    "record": lambda text: recorded_files.read("a.f", text.encode(), lambda _: b"x"),
    "compare": compared,
    "quote": lambda text: quoted(*text.split("\n", 1)),
}


def quoted(words, text):
    read = attributes.parse(words)
    span = Span("a.md")
    return quote.quote(text, "a.py", read, span), quote.prefer_symbol(text, "a.py", read, span)


@pytest.fixture(autouse=True)
def _no_collection():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def seconds(work, text):
    start = time.process_time()
    work(text)
    return time.process_time() - start


def linear(work, build):
    """Whether twice the text takes less than three times the work; what was measured."""
    n = FIRST
    work(build(200))  # what is made once is made
    while seconds(work, build(2 * n)) < ENOUGH and n < LARGEST:
        n *= 2
    measured = []
    return any(doubles(work, build, size, measured) for size in (n, 2 * n)), measured


def doubles(work, build, n, measured):
    """Whether the work at `2 * n` is below three times that at `n`, or too little to tell, in one of a few tries."""
    once, twice = build(n), build(2 * n)
    tries = []
    for _ in range(TRIES):
        tries.append((seconds(work, once), seconds(work, twice)))
        measured.append((n, *tries[-1]))
        least = [min(times) for times in zip(*tries, strict=True)]
        if least[1] < 3 * least[0] or least[1] < ENOUGH:
            return True
    return False


def body(text):
    lines = text.split("\n")
    scope = markdown.Scope(slide_code=True)
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
    return Surroundings(Folder(root), table(macros), Course(slide_code=True))


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
    """Not each time: it lets a disturbed measurement pass, and so on a busy machine now and then a square."""
    assert all(linear(each, "a".__mul__)[0] for _ in range(3))
    assert not all(linear(each_with_each, "a".__mul__)[0] for _ in range(10))


def each(text):
    return [letter for letter in text if letter == "b"]


def each_with_each(text):
    return [text.count("b", start) for start in range(0, len(text), 20)]
