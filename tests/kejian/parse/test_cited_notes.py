"""Citations as footnotes: where their numbers and their notes stand on a slide, and when."""

import re

import pytest

from kejian.core.citations import Citation
from kejian.core.config import Course
from kejian.core.disk.files import Folder
from kejian.core.model import Source
from kejian.parse.deck import ParseContext, parse
from kejian.parse.lines.text_macros import table


@pytest.fixture
def deck(tmp_path):
    (tmp_path / "refs.bib").write_text("@book{a, title = {A}}\n@book{b, title = {B}}\n", "utf-8")

    def parsed(text, front="citations: notes", **settings):
        around = ParseContext(Folder(tmp_path), table([]), Course(language="en", **settings))
        whole = f"---\nbibliography: refs.bib\n{front}\n---\n<!-- slide -->\n{text}\n"
        (tmp_path / "a.md").write_text(whole, "utf-8")
        return parse(Source("a.md", whole), around)

    return parsed


def mark(name, number):
    return f'<sup class="footnote-ref"><a href="#cite-{name}" id="citeref-{name}">[{number}]</a></sup>'


def notes(found):
    """The works of the notes of each slide, in order."""
    return [
        [hole.works[0].key for hole in slide.holes if isinstance(hole, Citation) and hole.note]
        for slide in found.slides
    ]


def test_a_citation_is_a_number_and_its_note_stands_below_the_slide(deck):
    (slide,) = deck("One [@a], two [@b].").slides
    assert f"<p>One{mark(1, 1)}, two{mark(2, 2)}.</p>" in slide.html
    assert slide.html.endswith(
        '<hr class="footnotes-sep">\n<div class="footnotes">\n<ol class="footnotes-list">\n'
        '<li id="cite-1" class="footnote-item"><p><kj-hole n="0"></kj-hole> '
        '<a href="#citeref-1" class="footnote-backref">↑</a></p>\n</li>\n'
        '<li id="cite-2" class="footnote-item"><p><kj-hole n="1"></kj-hole> '
        '<a href="#citeref-2" class="footnote-backref">↑</a></p>\n</li>\n</ol>\n</div>\n'
    )
    assert [hole.note for hole in slide.holes] == [True, True]


def test_in_a_sentence_the_authors_stay_before_the_number(deck):
    (slide,) = deck("As @a has it.").slides
    assert f'As <kj-hole n="0"></kj-hole>{mark(1, 1)} has it' in slide.html
    assert [(hole.narrative, hole.note) for hole in slide.holes] == [(True, False), (True, True)]


def test_each_slide_has_its_own_notes_and_counts_from_one(deck):
    found = deck("[@a]\n\n<!-- slide -->\n\n[@b] and [@a]")
    assert notes(found) == [["a"], ["b", "a"]]
    assert mark(2, 1) in found.slides[1].html
    assert mark(3, 2) in found.slides[1].html


def test_they_are_counted_with_the_author_s_own_footnotes_as_the_text_has_them(deck):
    (slide,) = deck("Cited [@a], own[^1], cited [@b], own again[^1].\n\n[^1]: A note.").slides
    assert mark(1, 1) in slide.html
    assert mark(2, 3) in slide.html
    assert re.findall(r">\[([\d:]+)\]<", slide.html) == ["1", "2", "3", "2:1"]
    assert slide.html.count("<ol") == 1
    assert slide.html.index('id="cite-1"') < slide.html.index("A note.") < slide.html.index('id="cite-2"')


@pytest.mark.parametrize(
    ("front", "setting", "noted"),
    [
        ("x: y", "notes", True),
        ("x: y", "text", False),
        ("citations: text", "notes", False),
        ("citations: notes", "text", True),
    ],
)
def test_the_front_matter_wins_over_the_course(deck, front, setting, noted):
    (slide,) = deck("[@a]", front, citations=setting).slides
    assert ("footnotes" in slide.html) == noted


def test_a_place_that_is_none_is_a_finding_and_they_stay_in_the_text(deck):
    found = deck("[@a]", "citations: footnotes")
    assert [(one.code, one.span.line, one.hint) for one in found.diagnostics] == [
        ("citations", 3, "write citations: notes, or text")
    ]
    assert "footnotes" not in found.slides[0].html


def test_a_work_that_is_unknown_has_no_note(deck):
    (slide,) = deck("[@a] and [@none].").slides
    assert slide.html.count('class="footnote-item"') == 1
    assert '<kj-hole n="1"></kj-hole>.' in slide.html
