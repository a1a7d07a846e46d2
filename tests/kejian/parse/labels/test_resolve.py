"""Numbers and references of whole decks, case by case."""

from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from kejian.core.config import Course
from kejian.core.disk.files import Folder
from kejian.core.model import Diagram, Formula, Source
from kejian.parse import known_slides
from kejian.parse.deck import ParseContext, parse
from kejian.parse.lines import text_macros

CASES = [case[1:] for case in read_fixture_file(Path(__file__).parents[3] / "fixtures" / "labels.md")]


def deck(root, text, language="en"):
    around = ParseContext(Folder(root), text_macros.table([]), Course(language=language))
    return parse(Source("a.md", text), around)


def written(found):
    """The slides' HTML, then a line for each formula or diagram and for each finding."""
    lines = [slide.html.strip() for slide in (found.preface, *found.slides) if slide.html.strip()]
    holes = [hole for hole in found.holes if isinstance(hole, Formula | Diagram)]
    lines += [f"| formula {hole.tex}" for hole in holes if isinstance(hole, Formula)]
    lines += [f"| {d.code} {d.span.line}:{d.span.column}: {d.message}; {d.hint}" for d in found.diagnostics]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("title, text, expected", CASES, ids=[case[0] for case in CASES])
def test_case(title, text, expected, tmp_path):
    (tmp_path / "loss.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    assert written(deck(tmp_path, text)) == expected, title


def test_the_words_are_those_of_the_course_s_language(tmp_path):
    text = "![图](https://x/y.png){#fig-a}\n\n@fig-a\n\n::: proof\n证\n:::\n"
    html = deck(tmp_path, text, "zh-CN").preface.html
    assert '<span class="number">图 1</span>' in html
    assert '<a class="reference" href="#fig-a">图 1</a>' in html
    assert '<span class="number">证明</span>' in html


def test_a_deck_without_labels_is_returned_as_it_is(tmp_path):
    text = "# A\n\n$$ a $$\n\n\\begin{align}\n\na@b.c @someone [@x] ::: theorem\n\n::: example\nb\n:::\n"
    found = deck(tmp_path, text)
    assert "number" not in found.preface.html
    assert "reference" not in found.preface.html
    assert found.diagnostics == ()


def test_a_number_that_the_author_imitates_is_text(tmp_path):
    html = '<span class="number" data-number="x" data-kind="zzz"></span>\n\n$$ a \\label{b} $$\n'
    assert 'data-kind="zzz"' in deck(tmp_path, html).preface.html


def test_labels_move_with_their_slide(tmp_path):
    """A slide below an edit is not parsed again; its findings are where its source is now."""
    known_slides.RECENT.clear()
    slides = "<!-- slide -->\nx\n<!-- slide -->\n@fig-none\n\n$$ a \\label{b} $$\n\n$$ c \\label{b} $$\n"
    first = deck(tmp_path, slides)
    second = deck(tmp_path, slides.replace("x", "x\n\ny"))
    lines = [[d.span.line for d in found.diagnostics] for found in (first, second)]
    assert lines == [[4, 8], [6, 10]]
    assert "a.md:8" in second.diagnostics[1].message
