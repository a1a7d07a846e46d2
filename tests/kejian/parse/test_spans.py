"""The span law: slides' spans give the source back, and every finding and hole stands in the file it names."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from kejian.core import config
from kejian.core.disk.files import Folder
from kejian.core.model import Source
from kejian.parse.deck import ParseContext, load, parse
from kejian.parse.lines import text_macros
from tests.fuzz.targets import around, holds, parsed

ROOT = Path(__file__).parents[3]
DECKS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "slides").rglob("*.md"))
FIXTURES = sorted((ROOT / "tests" / "fixtures").glob("*.md"))


class Files(dict):
    """The files of a folder by their paths, read when they are asked for."""

    def __init__(self, folder):
        self.folder = folder

    def __missing__(self, path):
        return self.folder.text(path)


@pytest.mark.parametrize("path", DECKS)
def test_decks_of_this_course(path):
    folder = Folder(ROOT)
    course, _ = config.load(folder)
    drawn = [text_macros.Macro(name, ("a",), True, "<p>{a}</p>".format_map) for name in ("HEADER", "FOOTER3")]
    deck = load(path, ParseContext(folder, text_macros.table(drawn), course))
    holds(deck, folder.text(path), Files(folder))
    assert deck.slides
    assert deck.holes


@pytest.mark.parametrize("path", FIXTURES, ids=[path.stem for path in FIXTURES])
def test_fixtures(path):
    for _, _, text, _ in read_fixture_file(path):
        parsed(text.replace("%%% next slide", "<!-- slide -->").encode())


BLOCKS = st.sampled_from(
    ["<!-- slide -->", "<!-- slide x\ny -->", "<!-- slide -->z", "text", "", "```\na\n```", "$$\nx\n$$", "<!--\n-->",
     '@import "part.md"', '  @import "part.md"', '- @import "deep.md"',
     "<!--\n@import \"part.md\" {a:}\n-->", "HEADER $x$"]
)  # fmt: skip


@given(st.lists(BLOCKS, max_size=12))
def test_own_slides_leave_no_gap_whatever_they_import(blocks):
    text = "\n".join(blocks)
    deck = parsed(text.encode())
    own = [s.span for s in (deck.preface, *deck.slides) if s.span.path == deck.path]
    assert (own[0].line, own[-1].end) == (1, text.count("\n") + 1)
    assert all(before.end + 1 == after.line for before, after in pairwise(own))


@pytest.mark.parametrize(
    "line, places",
    [
        ("a $x$ b $x$ $y$", [(1, 3), (1, 9), (1, 13)]),
        ("> - $x$", [(1, 5)]),
        ("| $x$ | $y$ |\n|---|---|\n| a | $y$ |", [(1, 3), (1, 9), (3, 7)]),
        ("**a** $x$\n<b>$y$</b>", [(1, 7), (2, 4)]),
        ("FOOTER3 a $x$ b", [(1, 11)]),
        ("<div>$x$ $x$</div>", [(1, 6), (1, 10)]),
        ("<!-- slide --> $x$ $y$", [(1, 16), (1, 20)]),
        ("<!--\n--> a $x$", [(2, 7)]),
        ("<!-- never closed $x$", [(1, 19)]),
    ],
)
def test_holes_stand_where_they_are_written(line, places):
    assert [(hole.span.line, hole.span.column) for hole in parsed(line.encode()).holes] == places


@pytest.mark.parametrize("indent", ["", "  "])
def test_what_is_imported_stands_in_its_file(indent):
    deck = parse(Source("slides/a.md", f'x\n\n- y\n{indent}@import "part.md"\n'), around())
    found = [hole.span for hole in deck.holes if hole.span.path == "slides/part.md"]
    assert [(span.line, span.column) for span in found] == [(7, 1)]


@pytest.mark.parametrize(
    "line, column, target",
    [
        ("see [a](<图 1.pdf>)", 10, "图 1.pdf"),
        ("see [a](图.pdf)", 9, "图.pdf"),
        ("see [[Seite]]", 5, "Seite.md"),
        ("see [[text|页面]]", 11, "页面.md"),
    ],
)
def test_a_missing_target_is_found_as_it_is_spelled(line, column, target):
    (found,) = parsed(f"<!-- slide -->\n\ntext\n\n{line}\n".encode()).diagnostics
    assert found.message == f"the link target {target} is missing"
    assert (found.span.line, found.span.column) == (5, column)
