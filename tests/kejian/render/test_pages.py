"""Whole pages, from values made by hand."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from kejian.core import templates
from kejian.core.attributes import Attributes
from kejian.core.config import Course
from kejian.core.diagnostics import Span, warning
from kejian.core.messages import words
from kejian.core.model import Artifact, Deck, Formula, Slide
from kejian.core.start_page import Section
from kejian.render import pages
from kejian.render.course_index import IndexEntry, entry
from kejian.render.csp import hash_of

MODULES = Path(__file__).parents[3] / "node_modules"
HERE = Span("slides/a.md")
FORMULA = Formula("x", display=False, span=HERE)
DECK = Deck(
    path="slides/a.md",
    title="卷积 <网络>",
    preface=Slide(html="<p>before</p>", span=HERE),
    slides=(
        Slide(html='<h1 id="a">标题</h1>', span=HERE, title="标题"),
        Slide(
            html='<p class="top4"><kj-hole n="0"></kj-hole></p>',
            span=HERE,
            holes=(FORMULA,),
            vertical=True,
            title="公式",
        ),
    ),
    reveal={},
    front={},
)
FILLED = {FORMULA: Artifact(html="<svg></svg>", glyphs=(("A", '<path id="A"/>'),))}


@pytest.fixture(scope="module")
def site():
    return pages.site(Course(language="zh-CN"), "课程", MODULES, templates.environment())


def page(deck, site):
    return pages.document(deck, FILLED, site).page().data.decode()


def settings(html):
    return json.loads(re.search(r'id="reveal-config">(.*?)</script>', html)[1])


def test_a_deck_becomes_a_page_beside_it(site):
    assert pages.document(DECK, FILLED, site).page().path == "slides/a.html"


def test_the_page_says_its_language_title_and_theme(site):
    html = page(DECK, site)
    assert '<html lang="zh-CN" data-theme="light">' in html
    assert "<title>卷积 &lt;网络&gt; · 课程</title>" in html


def test_shared_files_are_found_from_any_depth(site):
    assert 'href="../_kejian/theme.css"' in page(DECK, site)
    assert 'href="_kejian/theme.css"' in page(replace(DECK, path="a.md"), site)
    assert 'href="../../_kejian/theme.css"' in page(replace(DECK, path="x/y/a.md"), site)


def test_the_text_before_the_first_mark_is_kept_but_hidden(site):
    tree = LexborHTMLParser(page(DECK, site))
    assert tree.css_first("main > .preface[hidden]").text() == "before"


def test_a_deck_is_a_text_until_a_script_makes_slides_of_it(site):
    tree = LexborHTMLParser(page(DECK, site))
    assert not tree.css(".reveal, .reveal-viewport")
    assert "kejian.view" in tree.css_first("main.page > script:first-child").text()


def test_the_list_of_keys_names_the_speaker_view_where_there_is_one(site):
    speaker = words("zh")["key_speaker"]
    assert speaker in page(replace(DECK, reveal={"enableSpeakerNotes": True}), site)
    assert speaker not in page(DECK, site)


def test_slides_stand_in_their_stack_with_their_holes_filled(site):
    tree = LexborHTMLParser(page(DECK, site))
    assert len(tree.css(".slides > section.stack > section.slide")) == 2
    assert tree.css_first(".slides .top4 > svg")
    assert not tree.css("kj-hole")


def test_glyphs_do_not_keep_the_first_slide_waiting(site):
    html = page(DECK, site)
    assert html.index('id="A"') > html.index("</main>")


def test_only_utilities_in_use_have_rules(site):
    html = page(DECK, site)
    assert "margin-top: 4%" in html
    assert "multi_column" not in html


def test_defaults_of_reveal(site):
    found = settings(page(DECK, site))
    assert (found["width"], found["height"], found["margin"], found["hash"]) == (960, 700, 0.1, True)


def test_front_matter_reaches_reveal_unchanged(site):
    own = {
        "width": 1280,
        "margin": 0,
        "transition": "none",
        "slideNumber": "c/t",
        "keyboard": {"13": "next"},
        "odd": [1],
    }
    found = settings(page(replace(DECK, reveal=own), site))
    assert own.items() <= found.items()


def test_what_the_generator_reads_itself_does_not_reach_reveal(site):
    own = {"theme": "black.css", "enableSpeakerNotes": True, "dependencies": [{"src": "x.js"}], "plugins": ["x"]}
    assert not own.keys() & settings(page(replace(DECK, reveal=own), site)).keys()


def test_settings_cannot_leave_their_script(site):
    html = page(replace(DECK, reveal={"x": "</script><!--"}), site)
    assert settings(html)["x"] == "</script><!--"
    assert html.count("<!--") == 0


@pytest.mark.parametrize(
    ("name", "theme"), [("black.css", "dark"), ("night", "dark"), ("white.css", "light"), ("", "light")]
)
def test_a_reveal_theme_chooses_light_or_dark(site, name, theme):
    assert f'data-theme="{theme}"' in page(replace(DECK, reveal={"theme": name}), site)


def test_the_speaker_view_is_loaded_and_allowed_only_where_asked(site):
    with_notes = page(replace(DECK, reveal={"enableSpeakerNotes": True}), site)
    assert "_kejian/notes.js" in with_notes
    assert site.popup.startswith("'sha256-")
    assert site.popup in unescape(with_notes)
    assert "notes.js" not in page(DECK, site)
    assert site.popup not in unescape(page(DECK, site))


def test_slides_are_centred_unless_the_author_says_no(site):
    assert 'class="page centred"' in page(DECK, site)
    assert 'class="page"' in page(replace(DECK, reveal={"center": False}), site)


def test_imports_are_linked_relative_to_the_page(site):
    html = page(replace(DECK, styles=("common/我 的.css",), scripts=("slides/x.js",)), site)
    assert 'href="../common/%E6%88%91%20%E7%9A%84.css"' in html
    assert '<script src="x.js">' in html


def test_a_course_that_trusts_its_scripts_may_run_them():
    trusting = pages.site(Course(scripts=True), "课程", MODULES, templates.environment())
    assert "script-src &#39;self&#39; &#39;unsafe-inline&#39;" in page(DECK, trusting)


def test_a_logo_is_named_where_it_stands():
    course = Course(logo="common/logo.svg", logo_class="badge")
    with_logo = pages.site(course, "课程", MODULES, templates.environment())
    html = '<img class="hust" alt=""><img class="badge"><img class="hust" src="own.png"><img class="other">'
    deck = replace(DECK, slides=(Slide(html=html, span=HERE),))
    found = [i.attributes.get("src") for i in LexborHTMLParser(page(deck, with_logo)).css(".slides img")]
    assert found == ["../common/logo.svg", "../common/logo.svg", "own.png", None]


def test_without_a_logo_its_picture_stays_without_source(site):
    deck = replace(DECK, slides=(Slide(html='<img class="hust" alt="">', span=HERE),))
    assert '<img class="hust" alt="">' in page(deck, site)


def test_a_failed_formula_is_a_box_on_its_slide(site):
    html = (
        pages.document(DECK, {FORMULA: Artifact(problem=warning("bad-tex", HERE, "no such macro"))}, site)
        .page()
        .data.decode()
    )
    assert "no such macro" in LexborHTMLParser(html).css_first(".slides .problem").text()


def test_a_file_without_slides_is_a_plain_page(site):
    tree = LexborHTMLParser(page(replace(DECK, slides=()), site))
    assert tree.css_first("main.page").text(strip=True) == "before"
    assert not tree.css("[src*=reveal]")


def test_no_page_has_a_handler_or_a_script_that_its_policy_does_not_name(site):
    entries = [entry(DECK), IndexEntry(path="index2.md", title="页", slides=0)]
    for html in (page(DECK, site), page(replace(DECK, slides=()), site), pages.index(entries, site).data.decode()):
        inside = re.findall(r"<script(?![^>]* src=)(?! type=\"application/json\")[^>]*>(.*?)</script>", html, re.DOTALL)
        assert all(hash_of(script) in unescape(html) for script in inside)
        assert html.count("<script>") == len(inside) <= 2
        assert re.findall(r"\son\w+=", html) == []
        assert 'http-equiv="Content-Security-Policy"' in html


def test_the_index_lists_decks_and_pages(site):
    entries = [entry(DECK), IndexEntry(path="x/说明.md", title="说明", slides=0)]
    tree = LexborHTMLParser(pages.index(entries, site).data.decode())
    assert [a.attributes["href"] for a in tree.css(".card a")] == ["slides/a.html"]
    assert [li.text() for li in tree.css(".card li")] == ["标题", "公式"]
    assert "2 页" in tree.css_first(".card .count").text()
    assert [a.attributes["href"] for a in tree.css(".links a")] == ["x/%E8%AF%B4%E6%98%8E.html"]


def test_the_index_has_the_parts_that_the_course_names_with_dates():
    course = Course(language="en", sections=(Section(title="Basics", date="2026-09-01", decks=("slides/*",)),))
    site = pages.site(course, "Course", MODULES, templates.environment())
    entries = [entry(replace(DECK, front={"date": "Monday"})), IndexEntry(path="b.md", title="B", slides=3)]
    tree = LexborHTMLParser(pages.index(entries, site).data.decode())
    assert [h2.text() for h2 in tree.css("h2")] == ["Basics 2026-09-01", "Lectures"]
    assert [a.attributes["href"] for a in tree.css(".part .card a")] == ["slides/a.html"]
    assert tree.css_first(".part .count").text().startswith("Monday · ")


def test_pages_say_what_they_are_to_those_who_link_to_them():
    course = Course(url="https://example.org/c", description="Nets", picture="a.png")
    site = pages.site(course, "Course", MODULES, templates.environment())
    tree = LexborHTMLParser(page(replace(DECK, front={"description": 'of "one" deck'}), site))
    said = {one.attributes["property"]: one.attributes["content"] for one in tree.css("meta[property]")}
    assert said["og:title"] == DECK.title
    assert said["og:description"] == 'of "one" deck'
    assert said["og:url"] == "https://example.org/c/slides/a.html"
    assert said["og:image"] == "https://example.org/c/a.png"
    assert tree.css_first("link[rel=canonical]").attributes["href"] == said["og:url"]
    assert tree.css_first("link[rel=icon]").attributes["href"].startswith("data:image/svg+xml,")


def test_without_settings_a_page_names_no_address(site):
    assert "https://" not in LexborHTMLParser(page(DECK, site)).css_first("head").html


def test_an_index_of_nothing_says_what_to_do(site):
    assert "slides/" in LexborHTMLParser(pages.index([], site).data.decode()).css_first("main").text()


def test_pages_speak_the_course_language():
    english = pages.site(Course(language="en"), "Course", MODULES, templates.environment())
    assert "Skip to content" in page(replace(DECK, slides=()), english)
    assert '<html lang="en"' in page(DECK, english)


def test_shared_files_hold_what_pages_load(site):
    names = {file.path for file in pages.assets(site, MODULES, notes=True)}
    loaded = re.findall(
        r'(?:src|href)="\.\./(_kejian/[^"]+)"', page(replace(DECK, reveal={"enableSpeakerNotes": 1}), site)
    )
    assert set(loaded) <= names | {"_kejian/fonts.css"}
    assert "_kejian/notes.js" not in {file.path for file in pages.assets(site, MODULES, notes=False)}


def test_the_theme_asks_for_nothing_outside(site):
    for file in pages.assets(site, MODULES, notes=False):
        if file.path.endswith("theme.css"):
            assert b"url(" not in file.data
            assert b"@import" not in file.data


def test_a_course_replaces_a_template_by_its_own(tmp_path):
    (tmp_path / "page.html").write_text(
        '{% extends "base.html" %}{% block body %}<body>{{ content }}</body>{% endblock %}'
    )
    own = pages.site(Course(language="zh-CN"), "课程", MODULES, templates.environment(tmp_path))
    assert "<body>&lt;p&gt;before" in page(replace(DECK, slides=()), own)


def test_a_page_is_the_same_bytes_every_time(site):
    assert page(DECK, site) == page(
        DECK, pages.site(Course(language="zh-CN"), "课程", MODULES, templates.environment())
    )


def test_all_words_are_there_in_both_languages():
    assert words("zh-CN").keys() == words("en").keys()
    assert not {"copy", "get", "items", "keys", "pop", "update", "values"} & words("en").keys()  # a template would call


NOTED = {
    "none": ({}, {}, "<p>notes</p>", False),
    "an attribute": ({}, {"data-notes": "a"}, "", True),
    "an element": ({}, {}, '<aside class="notes"><p>a</p></aside>', True),
    "without any, asked for": ({"enableSpeakerNotes": True}, {}, "", True),
    "refused": ({"enableSpeakerNotes": False}, {"data-notes": "a"}, "", False),
}


@pytest.mark.parametrize("reveal, attributes, html, expected", NOTED.values(), ids=NOTED)
def test_a_deck_with_notes_has_the_speaker_s_window(reveal, attributes, html, expected, site):
    slide = Slide(html=html, span=HERE, attributes=Attributes(tuple(attributes.items())))
    deck = replace(DECK, reveal=reveal, slides=(slide,))
    assert pages.has_notes(deck) is expected
    assert ("演讲者视图" in pages.document(deck, {}, site).page().data.decode()) is expected
