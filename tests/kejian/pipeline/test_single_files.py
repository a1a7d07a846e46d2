"""Decks as one file each, as a build with `single_file` leaves them."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from kejian.pipeline.build import Options, build

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1z"/></svg>'
DECK = """---
title: 甲
presentation: {enableSpeakerNotes: true}
---
<!-- slide -->

HEADER 卷积

![图](p.svg) 见[说明](notes.md)与[数据](x.csv)

<!-- slide -->

HEADER 汇聚

$a^2$
"""


def write(course):
    files = {"kejian.toml": 'logo = "logo.svg"\n', "logo.svg": LOGO, "slides/p.svg": LOGO, "slides/x.csv": "1,2"}
    files |= {"slides/a.md": DECK, "slides/b.md": "<!-- slide -->\n\n# 囍\n", "slides/notes.md": "# 说明\n"}
    for path, text in files.items():
        (course / path).parent.mkdir(exist_ok=True)
        (course / path).write_text(text, "utf-8")
    return course


def made(course, *, single_file=True):
    return build(Options(course=course, out=course / "site", single_file=single_file))


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with a site, which no test changes for good."""
    folder = write(tmp_path_factory.mktemp("course"))
    made(folder)
    return folder


def single(course, name="a"):
    return (course / f"site/slides/{name}.single.html").read_text("utf-8")


def test_each_deck_is_one_file_beside_its_page(course):
    names = {path.name for path in (course / "site/slides").glob("*.html")}
    assert names == {"a.html", "a.single.html", "b.html", "b.single.html", "notes.html"}


def test_the_file_loads_nothing(course):
    page = LexborHTMLParser(single(course))
    assert not page.css("link:not([rel=icon]), script[src], [src]:not([src^='data:'])")
    assert len(page.css("img[src^='data:']")) == 3
    assert single(course).count("@font-face") >= 3


def test_what_the_deck_asks_for_comes_along(course):
    assert "RevealNotes=" in single(course)
    assert "RevealNotes=" not in single(course, "b")


def test_search_and_fonts_of_a_single_file_cover_its_deck_only(course):
    assert re.search(r"kejian.passages=.*?卷积", single(course))
    assert "囍" not in single(course)
    fonts = [re.findall(r"@font-face\{.*?\}", single(course, name)) for name in "ab"]
    assert fonts[0] != fonts[1]


def test_what_a_page_links_to_is_told_with_its_place(course):
    (found,) = made(course).diagnostics
    assert (found.code, str(found.span), str(found.severity)) == ("no-link-in-single-file", "slides/a.md:9:19", "hint")


def test_the_same_course_gives_the_same_bytes(course):
    before = single(course)
    made(course, single_file=False)
    assert not list((course / "site").rglob("*.single.html"))
    made(course)
    assert single(course) == before
    assert made(course).written == 0


def test_what_cannot_be_put_in_is_told_with_its_place(tmp_path):
    course = write(tmp_path)
    deck = course / "slides/b.md"
    (course / "kejian.toml").write_text("scripts = true")  # else a page of its own is not published
    (course / "slides/demo.html").write_text("<p>demo</p>")
    deck.write_text('<!-- slide data-background-iframe="demo.html" -->\n\n# 囍\n', "utf-8")
    report = made(course)
    assert ("not-in-single-file", "slides/b.md:1:36") in [(d.code, str(d.span)) for d in report.diagnostics]


def test_a_deck_of_that_name_is_not_overwritten(tmp_path):
    course = write(tmp_path)
    (course / "slides/a.single.md").write_text("<!-- slide -->\n\n# 丙\n", "utf-8")
    report = made(course)
    assert [(d.code, str(d.span)) for d in report.diagnostics if d.code == "page-taken"] == [
        ("page-taken", "slides/a.single.md:1:1")
    ]
    assert report.failed
