"""Citations of a deck: found in its bibliography, numbered, listed over as many slides as they need."""

import pytest

from kejian.core.citations import Citation, Cited, WorkList
from kejian.core.config import Course
from kejian.core.disk.files import Folder
from kejian.core.model import Source
from kejian.parse.cited import ON_A_SLIDE
from kejian.parse.deck import ParseContext, parse
from kejian.parse.lines.text_macros import table

BIB = """@string{x = {X}}
@comment{no}
@article{a1, title = {A}, journal = x}
@misc{works, title = {W}}
@book{ b2 , title = {B}}
"""
HEAD = "---\nbibliography: refs.bib\n---\n"


@pytest.fixture
def deck(tmp_path):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/refs.bib").write_text(BIB, "utf-8")

    def parsed(text, **settings):
        around = ParseContext(Folder(tmp_path), table([]), Course(language="en", **settings))
        return parse(Source("slides/a.md", text), around)

    return parsed


def works(found):
    return [hole.works for hole in found.holes if isinstance(hole, Citation)]


def codes(found):
    return [(one.code, one.span.line, one.hint) for one in found.diagnostics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@a1]", ((Cited("a1"),),)),
        ("[see @a1, p. 3; -@b2]", ((Cited("a1", "see", "p. 3"), Cited("b2", alone=True)),)),
        ("As @a1 has it, and @b2.", ((Cited("a1"),), (Cited("b2"),))),
        ("me@a1.org `[@a1]` $@a1$ \\@a1", ()),
    ],
)
def test_citations_are_what_pandoc_takes_for_some(deck, text, expected):
    assert tuple(works(deck(f"{HEAD}<!-- slide -->\n{text}\n"))) == expected


def test_without_a_bibliography_the_text_stays(deck):
    found = deck("<!-- slide -->\n[@a1] and @b2\n")
    assert works(found) == []
    assert "[@a1] and @b2" in found.slides[0].html


def test_a_label_is_no_work(deck):
    found = deck(f"{HEAD}<!-- slide -->\n$$ a $$ {{#eq-a}}\n\n@eq-a and @a1\n")
    assert works(found) == [(Cited("a1"),)]


def test_a_work_that_is_unknown_is_a_finding_and_stays_as_written(deck):
    found = deck(f"{HEAD}<!-- slide -->\n[@work]\n\n@nothing-like-it\n")
    assert codes(found) == [
        ("unknown-citation", 5, "did you mean @works?"),
        ("unknown-citation", 7, "add the work to the bibliography"),
    ]
    assert [hole.within for hole in found.holes] == [None, None]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.bib", None, "there is no such file"),
        ("bad.json", "[{]", "is not CSL JSON"),
        ("bad2.json", '{"id": 1}', "is not CSL JSON"),
        ("../../out.bib", None, "leads out of the course"),
    ],
)
def test_a_bibliography_that_cannot_be_read_is_one_finding(deck, tmp_path, name, content, words):
    if content:
        (tmp_path / "slides" / name).write_text(content, "utf-8")
    found = deck(f"---\nbibliography: {name}\n---\n<!-- slide -->\n[@a1] @b2\n")
    (one,) = found.diagnostics
    assert one.code == "bibliography"
    assert words in one.message


def test_the_course_s_bibliography_is_its_decks_and_json_is_one_too(deck, tmp_path):
    (tmp_path / "works.json").write_text('[{"id": "j1", "title": "J"}, {"title": "no id"}]', "utf-8")
    found = deck("<!-- slide -->\n[@j1]\n", bibliography="works.json")
    (hole,) = found.holes
    assert (hole.within.kind, hole.within.entries, found.diagnostics) == (
        "json",
        (("j1", '{"id":"j1","title":"J"}'),),
        (),
    )


def test_an_abbreviation_travels_with_the_works_that_use_one(deck):
    found = deck(f"{HEAD}<!-- slide -->\n[@a1; @b2]\n")
    (hole,) = found.holes
    sources = dict(hole.within.entries)
    assert sources["a1"].startswith("@string")
    assert sources["b2"].startswith("@book")


def test_works_are_listed_over_as_many_slides_as_they_need(deck, tmp_path):
    keys = [f"k{number}" for number in range(2 * ON_A_SLIDE + 1)]
    (tmp_path / "slides/refs.bib").write_text("".join(f"@book{{{key}, title={{T}}}}\n" for key in keys), "utf-8")
    cites = "; ".join(f"@{key}" for key in keys)
    found = deck(
        f"{HEAD}<!-- slide -->\n[{cites}]\n<!-- slide #list -->\n# Works\n\n::: {{#refs}}\n:::\n<!-- slide -->\nend\n"
    )
    lists = [hole for hole in found.holes if isinstance(hole, WorkList)]
    assert [(one.first, one.count) for one in lists] == [(0, 8), (8, 8), (16, 8)]
    assert len(found.slides) == 5
    assert [slide.title for slide in found.slides[1:4]] == ["Works"] * 3
    assert ['id="works"' in slide.html for slide in found.slides[1:4]] == [True, False, False]
    assert [slide.attributes.text("id") for slide in found.slides[1:4]] == ["list", "", ""]


def test_a_plain_page_lists_its_works_in_one_place(deck, tmp_path):
    keys = [f"k{number}" for number in range(20)]
    (tmp_path / "slides/refs.bib").write_text("".join(f"@book{{{key}, title={{T}}}}\n" for key in keys), "utf-8")
    found = deck(f"{HEAD}[{'; '.join(f'@{key}' for key in keys)}]\n\n::: {{#refs}}\n:::\n")
    (listed,) = (hole for hole in found.holes if isinstance(hole, WorkList))
    assert (listed.first, listed.count) == (0, 20)
