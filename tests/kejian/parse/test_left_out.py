"""Decks that a build leaves out, and pages where decks are."""

import pytest

from kejian.core.config import Course
from kejian.core.disk.files import Folder
from kejian.parse.discover import sources
from kejian.parse.left_out import findings, foreign, marked

MARK = "<!-- slide -->\n\n# a\n"


@pytest.fixture
def said(tmp_path):
    def ask(files, course=Course()):
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, "utf-8")
        site = tmp_path / "site"
        found = findings(Folder(tmp_path), course, site, sources(tmp_path, course, site))
        return {(one.span.path, one.code, str(one.severity)): one.hint for one in found}

    return ask


def test_decks_beside_the_folder_are_told(said):
    found = said({"slides/a.md": MARK, "b/c.md": MARK, "d.md": "text", "README.md": f"```md\n{MARK}```\n"})
    (key, hint), *more = found.items()
    assert (key, more) == (("b/c.md", "not-built", "warning"), [])
    assert 'decks = ["slides/**/*.md", "b/c.md"]' in hint


def test_as_the_hint_says_they_are_built(said):
    assert said({"slides/a.md": MARK, "b/c.md": MARK}, Course(decks=("slides/**/*.md", "b/c.md"))) == {}


def test_a_page_where_decks_are_is_told_and_how_to_mean_it(said):
    files = {"slides/a.md": MARK, "slides/b.md": "# plain\n"}
    assert list(said(files)) == [("slides/b.md", "no-slides", "hint")]
    assert said(files, Course(decks=("slides/**/*.md",), pages=("slides/b.md",))) == {}


def test_pages_that_are_meant(said):
    part = f'{MARK}@import "part.md"\n\n[more](more.md)\n'
    pages = {"slides/index.md": "x", "slides/part.md": "x", "slides/more.md": "x", "slides/none.md": "\n"}
    pages["slides/list.md"] = "[one](a.md)\n"
    assert said({"slides/a.md": part, **pages}) == {}


def test_a_course_of_decks_for_another_program(tmp_path):
    (tmp_path / "x.md").write_text("---\nmarp: true\n---\n\n# a\n\n---\n\n# b\n")
    (found,) = foreign(Folder(tmp_path), tmp_path / "site")
    assert (found.code, found.span.line) == ("other-dialect", 2)


@pytest.mark.parametrize(
    ("text", "is_marked"),
    [(MARK, True), ("<!--\nslide\n-->", True), (f"~~~\n{MARK}~~~", False), ("<!-- slides -->", False), ("", False)],
)
def test_marked(text, is_marked):
    assert marked(text) is is_marked
