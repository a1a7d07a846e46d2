"""A file to a deck: cuts, attributes, titles, spans."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core.config import Course
from kejian.core.disk.files import Folder
from kejian.core.model import Source
from kejian.parse.deck import ParseContext, load, parse
from kejian.parse.lines.text_macros import Macro, table

MACROS = table([Macro("HEADER", ("title",), True, '<div class="title"><h5>{title}</h5></div>'.format_map)])


@pytest.fixture(scope="module")
def around(tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    (root / "bg.png").touch()
    (root / "part.md").write_text("<!-- slide .p -->\npart\n")
    return ParseContext(Folder(root), MACROS, Course())


def deck(text, around):
    return parse(Source("a.md", text), around)


def test_front_matter_preface_and_slides(around):
    found = deck("---\ntitle: T\npresentation:\n  margin: 0\n---\nbefore\n\n<!-- slide -->\none\n", around)
    assert (found.title, found.reveal, len(found.slides)) == ("T", {"margin": 0}, 1)
    assert "before" in found.preface.html
    assert "one" in found.slides[0].html


def test_a_file_without_title_is_named_by_its_name(around):
    assert deck("x", around).title == "a"


def test_a_file_without_marks_is_a_plain_page(around):
    found = deck("# x\n", around)
    assert found.slides == ()
    assert found.preface.title == "x"


@pytest.mark.parametrize(
    "mark, vertical",
    [
        ("", False),
        ("vertical=true", True),
        ("vertical", True),
        ('vertical="false"', True),
        ("vertical=false", False),
        ('vertical=truedata-notes=""', True),
    ],
)
def test_vertical(mark, vertical, around):
    slide = deck(f"<!-- slide -->\n<!-- slide {mark} -->\n", around).slides[1]
    assert slide.vertical is vertical
    assert "vertical" not in dict(slide.attributes.items)


def test_attributes_of_a_mark_stay(around):
    (slide,) = deck('<!-- slide .a #b data-notes="n<br>" data-x=1 data-background-image="bg.png" -->', around).slides
    assert dict(slide.attributes.items) == {
        "class": "a", "id": "b", "data-notes": "n<br>", "data-x": 1, "data-background-image": "bg.png",
    }  # fmt: skip


def test_titles_come_from_headings_and_from_headers(around):
    found = deck("<!-- slide -->\n# A *b* $x$\n<!-- slide -->\n\nHEADER 动机\n\ntext", around)
    assert [slide.title for slide in found.slides] == ["A b", "动机"]


def test_a_footer_is_no_title(around):
    html = '<div class="footer"><h6>图神经网络</h6></div>'
    found = deck(f"<!-- slide -->\ntext\n\n{html}\n<!-- slide -->\n# 一\n\n{html}\n", around)
    assert [slide.title for slide in found.slides] == ["", "一"]


def test_headings_of_one_deck_have_ids_of_their_own(around):
    found = deck("<!-- slide -->\n# x\n<!-- slide -->\n# x\n", around)
    assert [slide.headings[0].id for slide in found.slides] == ["x", "x-1"]


def test_an_open_element_ends_with_its_slide(around):
    first, second = deck("<!-- slide -->\n<div class='a'>\n\nx\n<!-- slide -->\ny\n", around).slides
    assert first.html.count("<div") == first.html.count("</div>") == 1
    assert "div" not in second.html


def test_holes_and_findings_stand_where_their_source_does(around):
    found = deck("<!-- slide -->\n\ntext $x$ and\nmore $y$\n\n![p](no.png)\n", around)
    assert [(h.span.line, h.span.column) for h in found.slides[0].holes] == [(3, 6), (4, 6)]
    (missing,) = found.diagnostics
    assert (missing.span.line, missing.span.column) == (6, 6)


def test_the_same_missing_picture_twice_is_found_at_both_places(around):
    found = deck("<!-- slide -->\n![p](no.png)\n\n![q](no.png)\n", around)
    assert [d.span.line for d in found.diagnostics] == [2, 4]


def test_imported_marks_keep_their_attributes_and_their_file(around):
    found = deck('<!-- slide -->\n@import "part.md"\n', around)
    assert [slide.attributes.text("class") for slide in found.slides] == ["", "p"]
    assert found.slides[1].span.path == "part.md"


def test_a_file_that_cannot_be_read_is_an_empty_deck_with_an_error(around):
    found = load("gone.md", around)
    assert (found.slides, [d.code for d in found.diagnostics]) == ((), ["unreadable"])


PIECES = st.sampled_from(
    ["<!-- slide -->\n", "<!-- slide vertical=true", "-->", "---\n", "```", "~~~", "$$", "$", "\n", "\n\n", " ", "# ",
     "HEADER x\n", "- ", "|", "| a |\n|---|\n", "<div>", "</div>", '@import "part.md"\n', '@import "a.md"\n', "[^1]",
     "![](",
     "`", "{", "}", "文", "<", ">", "&amp;", "\\", "[TOC]\n", "{cmd=true}", "`{python} a.b()`", "\0", "\u2028", "\t"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_a_deck(around, text):
    found = deck(text, around)
    lines = text.count("\n") + 1
    for diagnostic in found.diagnostics:
        assert diagnostic.span.path in ("a.md", "part.md")
        assert 1 <= diagnostic.span.line <= max(lines, 3)
        assert diagnostic.span.column >= 1


BLOCKS = st.sampled_from(["<!-- slide -->", "<!-- slide x\ny -->", "text", "", "```\na\n```", "$$\nx\n$$"])


@given(
    st.lists(
        st.sampled_from(["<!-- slide -->", "<!-- slide x\ny -->", "text", "", "```\na\n```", "$$\nx\n$$"]), max_size=12
    )
)
def test_the_spans_of_slides_cover_the_source_without_gaps(around, blocks):
    """Law: the preface's and the slides' spans, one after another, are the lines of the file."""
    text = "\n".join(blocks)
    found = deck(text, around)
    spans = [found.preface.span, *(slide.span for slide in found.slides)]
    numbers = [n for span in spans for n in range(span.line, span.end + 1)]
    assert numbers == list(range(1, text.count("\n") + 2))


def test_a_missing_picture_behind_all_slides_is_told(around):
    (found,) = deck(
        "---\npresentation:\n  parallaxBackgroundImage: none.png\n---\n<!-- slide -->\n", around
    ).diagnostics
    assert (found.code, found.span.path, found.span.line) == ("missing-background", "a.md", 1)
    assert deck("---\npresentation:\n  parallaxBackgroundImage: bg.png\n---\n", around).assets == ("bg.png",)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("<!-- slide vertical=true -->\none\n<!-- slide -->\ntwo", ("vertical-first", "a.md:1:1")),
        ("---\npresentation:\n  dependencies: []\n---\n<!-- slide -->\none", ("reveal-option", "a.md:2:1")),
        ("---\npresentation:\n  margin: 0\n---\none", ("no-slides", "a.md:1:1")),
        ("---\npresentation:\n  margin: 0\n  theme: x.css\n---\n<!-- slide -->\none", ("reveal-theme", "a.md:4:1")),
    ],
)
def test_what_is_odd_about_a_deck_is_said(text, expected, around):
    assert [(one.code, str(one.span)) for one in deck(text, around).diagnostics] == [expected]


def test_code_that_continues_more_than_a_hundred_others_is_not_run(around):
    chunks = "```python {cmd=true}\n1\n```\n" + "```python {cmd=true continue}\n1\n```\n" * 103
    own = ParseContext(around.folder, around.macros, Course(slide_code=True))
    found = deck(f"<!-- slide -->\n{chunks}", own)
    assert {one.code for one in found.diagnostics} == {"chunk-chain"}
    assert max(len(hole.code) for hole in found.examples) == 101


def test_what_its_own_sheets_are_about_is_known(around):
    text = "<style>\n.reveal h1 { margin: 0 }\n</style>\n\n<!-- slide -->\n\n<style>.top4 { margin: 0 }</style>\n\none"
    own = deck(text, around).own
    assert (own.parts, own.classes) == ({"headings"}, {"top4"})


def test_values_of_front_matter_and_course_stand_in_text_headings_and_macros(around):
    course = Course(variables={"term": "2026", "title": "course"})
    text = "---\ntitle: 卷积\n---\n<!-- slide -->\nHEADER {{title}}\n\n# {{term}}\n\n`{{term}}`\n\n{{tern}}\n"
    found = parse(Source("a.md", text), replace(around, course=course))
    (slide,) = found.slides
    assert "<h5>卷积</h5>" in slide.html
    assert "2026</h1>" in slide.html
    assert "<code>{{term}}</code>" in slide.html
    assert [(one.code, one.span.line) for one in found.diagnostics] == [("unknown-variable", 11)]
