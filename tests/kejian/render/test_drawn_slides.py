"""Slides that are drawn once, and pages that are put together of them."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core import templates
from kejian.core.config import Course
from kejian.core.disk.files import Folder
from kejian.core.disk.store import Store
from kejian.core.model import Artifact, Source
from kejian.parse.deck import ParseContext, parse
from kejian.parse.lines.text_macros import table
from kejian.render import drawn_slides, missing_glyphs, pages, search_text
from kejian.render.drawn_slides import DrawnSlides
from kejian.render.holes import plain
from tests.kejian.render.test_pages import MODULES

SLIDES = [
    "# 一\n\ntext",
    "- a\n- **b** {.red}",
    '<div class="header"><div class="title"><h5>标题</h5></div></div>\n\n正文',
    '<div class="footer"><h6>课程</h6></div>',
    "```\n한 a\n```",
    '<p id="s1.0">taken</p>',
    "![p](p.png)",
]
MARKS = [
    "<!-- slide -->",
    "<!-- slide vertical=true -->",
    '<!-- slide data-visibility="hidden" -->',
    "<!-- slide .section -->",
]


@pytest.fixture(scope="module")
def site():
    return pages.site(Course(language="zh-CN", logo="p.png"), "课程", MODULES, templates.environment())


@pytest.fixture(scope="module")
def around(tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    (root / "p.png").touch()
    return ParseContext(Folder(root), table([]), Course())


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return Store(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def drawn(monkeypatch):
    """The slides that were drawn, and not known."""
    found, real = [], pages.section
    monkeypatch.setattr(pages, "section", lambda source, *how: found.append(source.title) or real(source, *how))
    return found


def rendered(slides, site, around, known):
    text = "".join(f"{mark}\n\n{body}\n\n" for mark, body in slides)
    deck = parse(Source("a.md", text), around)
    return pages.document(deck, {hole: Artifact(html=plain(hole.code)) for hole in deck.holes}, site, "", known)


slides = st.lists(st.tuples(st.sampled_from(MARKS), st.sampled_from(SLIDES)), min_size=1, max_size=8)


@given(slides, slides)
def test_a_page_is_as_if_nothing_had_been_drawn_before(site, around, store, before, after):
    for known in (DrawnSlides("how", store), DrawnSlides()):
        rendered(before, site, around, known)
        page = rendered(after, site, around, known)
        drawn_slides.RECENT.clear()
        assert page == rendered(after, site, around, known)
        drawn_slides.RECENT.clear()
        assert page == rendered(after, site, around, DrawnSlides())


@given(slides)
def test_what_is_asked_of_a_page_is_what_its_html_says(site, around, slides):
    found = rendered(slides, site, around, DrawnSlides())
    html = found.page().data.decode()
    assert found.passages() == search_text.passages(html)
    assert found.characters() == missing_glyphs.shown(html)
    assert found.aligned() == missing_glyphs.aligned(html)
    assert html.count("<section") == len(slides) + sum(len(column) > 1 for column in found.columns)


DECK = [("<!-- slide -->", f"# Title {n}\n\ntext") for n in range(9)]
EDITED = [*DECK[:4], (DECK[4][0], "# Title 4\n\nother"), *DECK[5:]]


@pytest.mark.parametrize("stored", [True, False])
def test_only_the_slide_that_was_edited_is_drawn(site, around, store, drawn, stored):
    known = DrawnSlides("one", store) if stored else DrawnSlides("two")
    rendered(DECK, site, around, known)
    drawn.clear()
    if stored:
        drawn_slides.RECENT.clear()
    rendered(EDITED, site, around, known)
    assert drawn == ["Title 4"]


def test_what_is_drawn_with_something_else_is_drawn_anew(site, around, store, drawn):
    rendered(DECK, site, around, DrawnSlides("three", store))
    drawn.clear()
    rendered(DECK, site, around, DrawnSlides("four", store))
    assert len(drawn) == len(DECK)


def test_damaged_slides_are_drawn_anew(site, around, tmp_path, drawn):
    store = Store(tmp_path)
    rendered(DECK, site, around, DrawnSlides("five", store))
    place = drawn_slides.place("five", "a.md")
    names = msgspec.msgpack.decode(store.get(place))
    store.put(place, msgspec.msgpack.encode(dict.fromkeys(names, b"\xc1")))
    drawn_slides.RECENT.clear()
    drawn.clear()
    rendered(DECK, site, around, DrawnSlides("five", store))
    assert len(drawn) == len(names) == len(DECK)


def test_a_template_without_slides_is_a_page_without_them(site, around):
    page = rendered(DECK, site, around, DrawnSlides())
    bare = drawn_slides.RenderedPage(path=page.path, shell="<p>own</p>", mark=page.mark, columns=page.columns)
    assert bare.page().data == b"<p>own</p>"
