"""Layouts arrange what an author wrote, and are guessed only where a slide can be no other."""

import re

import pytest

from kejian.core import attributes
from kejian.core.diagnostics import Span
from kejian.core.model import Slide
from kejian.parse.html import sanitize
from kejian.render import derivations, layouts
from kejian.render.sections import joined, section, sources
from kejian.render.slide_parts import columns
from kejian.render.stage import Stage

AROUND = Stage(course="课程", lecture="第一讲", facts={"author": "张三", "email": "a@b.cn", "date": "秋"})
HEADER = '<div class="header"><div class="title"><h5>{}</h5></div></div>'


def drawn(*slides, around=AROUND):
    """The sections of slides, each written as its mark and its HTML."""
    made = [
        Slide(
            html=html,
            span=Span("a.md"),
            attributes=attributes.parse(mark),
            title=title(html),
            vertical="vertical" in mark,
        )
        for mark, html in slides
    ]
    columns = sources(made, lambda slide: slide.html, places=True)
    return joined([[section(one, sanitize.clean, around) for one in column] for column in columns])


def title(html):
    found = re.search(r"<h\d[^>]*>(.*?)</h\d>", html)
    return found[1] if found else ""


def body(mark, html, **more):
    return re.search(r'<div class="body">\n(.*)</div>\n', drawn((mark, html), **more), re.DOTALL)[1]


def test_a_cover_without_words_says_what_the_front_matter_does():
    html = drawn(('class="cover"', ""))
    assert '<p class="kicker">课程</p><h1 class="name">第一讲</h1>' in html
    assert '<p class="by">张三　<a href="mailto:a@b.cn">a@b.cn</a></p><p class="by">秋</p>' in html
    assert 'aria-label="第一讲"' in html
    assert "footer" not in html


def test_a_first_slide_of_headings_with_the_lecture_s_title_is_a_cover():
    html = drawn(("", "<h1>课程</h1><hr><h2>第一讲</h2><br><h4>张三</h4>"))
    assert '<p class="kicker">课程</p><h1 class="name">第一讲</h1><p class="by">张三</p>' in html
    assert "cover" not in drawn(("", "<h1>课程</h1><h2>另一讲</h2>"))
    assert "cover" not in drawn(("", "<h1>第一讲</h1><p>而且还有话</p>"))


def test_sections_are_numbered_and_their_slides_say_where_they_are():
    section = ('class="section"', HEADER.format("动机") + "<p>要讲的</p>")
    page = ("", HEADER.format("一页") + "<p>x</p>")
    html = drawn(("", "<p>首页</p>"), section, page, page, ('class="section"', "<h2>卷积</h2>"))
    assert html.count('<p class="numeral" aria-hidden="true">1</p><div class="comes"><h2 class="name">动机</h2>') == 1
    assert '<p class="numeral" aria-hidden="true">2</p><div class="comes"><h2 class="name">卷积</h2></div>' in html
    assert re.findall(r'data-place="([^"]*)"', html) == ["动机　1 / 2", "动机　2 / 2"]
    assert re.findall(r'class="footer" data-number="([^"]*)"', html) == [f"{n} / 5" for n in range(1, 6)]
    assert re.findall(r'data-section="(\d)"', html) == list("01112")


def test_a_closing_slide_is_of_the_whole_talk():
    section = ('class="section"', HEADER.format("动机"))
    page = ("", HEADER.format("一页") + "<p>x</p>")
    html = drawn(section, page, page, ('class="closing"', HEADER.format("小结") + "<ul><li>x</li></ul>"))
    assert re.findall(r'data-place="([^"]*)"', html) == ["动机　1 / 2", "动机　2 / 2"]


def test_without_slides_of_that_layout_each_column_is_a_section():
    page = HEADER.format("一页") + "<p>x</p>"
    html = drawn(("", page), ("vertical=true", HEADER.format("另一页")), ("", page))
    assert re.findall(r'data-place="([^"]*)"', html) == ["1 / 2", "一页　2 / 2"]


def test_slides_that_do_not_count_have_no_number():
    html = drawn(("", "<p>a</p>"), ('data-visibility="uncounted"', "<p>b</p>"), ("", "<p>c</p>"))
    assert re.findall(r'class="footer" data-number="([^"]*)"', html) == ["1 / 2", "2 / 2"]


def test_an_author_s_footer_stays_and_only_a_cover_takes_the_address_from_it():
    footer = '<div class="footer"><h6 class="bottom_left">课</h6><h6 class="bottom_right">a@b.cn</h6></div>'
    html = drawn(("", f"<p>x</p>{footer}"))
    assert "a@b.cn" in html
    assert 'class="footer" data-number="1 / 1"><h6 class="bottom_left">课' in html
    covered = Stage(course="课程", lecture="第一讲", covered=True)
    assert "a@b.cn" not in drawn(("", f"<p>x</p>{footer}"), around=covered)


def test_the_outline_of_a_section_has_its_box_lit():
    box = '<g class="node"><text>{}</text></g>'
    svg = f'<svg class="diagram">{box.format("动机")}{box.format("卷积")}</svg>'
    html = drawn(('class="section"', HEADER.format("卷积") + svg))
    assert '<g class="node lit"><text>卷积' in html
    assert '<g class="node"><text>动机' in html


def test_a_statement_is_numbers_with_their_texts():
    html = body(
        'class="statement"', HEADER.format("数") + "<h1>96%</h1><p>一</p><p>二</p><p><strong>3.5 万</strong></p>"
    )
    assert re.sub(r' style="[^"]*"', "", html) == (
        '<p class="numeral">96%</p><div class="says"><p>一</p><p>二</p></div>'
        '<p class="numeral"><strong>3.5 万</strong></p>'
    )


CODE = '<pre class="line-numbers"><code>{}</code></pre><div class="output"><pre><code>{}</code></pre></div>'


@pytest.mark.parametrize(("code", "output", "stacked"), [
    ("x" * 52, "y" * 33, False),
    ("x" * 53, "y", True),
    ("x", "y" * 34, True),
    ("字" * 27, "y", True),
])  # fmt: skip
def test_code_and_output_stand_side_by_side_where_both_have_room(code, output, stacked):
    html = body('class="code-output"', HEADER.format("码") + CODE.format(code, output))
    assert html.startswith('<div class="pair stacked">' if stacked else '<div class="pair">')
    assert "line-numbers" not in html


def test_lines_have_numbers_where_the_text_speaks_of_one():
    html = body('class="code-output"', HEADER.format("码") + CODE.format("x", "y") + "<p>看第 2 行</p>")
    assert "line-numbers" in html


def test_two_headings_are_two_columns():
    html = body('class="compare"', "<p>先</p><h3>甲</h3><p>a</p><h3>乙</h3><p>b</p>")
    assert html == (
        '<p>先</p><div class="sides"><div class="side"><h3>甲</h3><p>a</p></div>'
        '<div class="side"><h3>乙</h3><p>b</p></div></div>'
    )


def test_the_lines_of_a_derivation_are_steps_and_the_last_is_the_result():
    row = '<g transform="translate(0,{})"><use href="#a"></use></g>'
    formula = '<span class="formula display"><svg><g fill="x">{}</g></svg></span>'
    html = derivations.derivation(
        formula.format(row.format(10) + row.format(-10)) + formula.format('<use href="#b"></use>')
    )
    assert re.findall(r'<g class="([^"]*)"', html) == ["line", "fragment line", "fragment line last"]
    assert html.count("formula display result") == 1


@pytest.mark.parametrize(("html", "expected"), [
    ("<p>看</p>" + CODE.format("x = 1", "1"), "code-output"),
    (CODE.format("x" * 60, "1"), ""),
    ('<p>看</p><div class="output"><img class="output-picture" src="a.svg"></div>', "figure"),
    ('<svg class="diagram"></svg><p>注</p>', "figure"),
    ('<p><svg class="diagram"><path></path></svg></p>', "figure"),
    ('<p class="center"><svg class="diagram"><path></path></svg></p>', "figure"),
    ('<svg class="diagram"></svg><p>注</p><p>又</p>', ""),
    ("<p>字</p>", ""),
])  # fmt: skip
def test_a_layout_is_guessed_where_a_slide_can_be_no_other(html, expected):
    found = re.findall(r'class="slide ?([\w-]*)"', drawn(("", "<p>首</p>"), ("", HEADER.format("题") + html)))
    assert found[-1] == expected
    mine = drawn(("", "<p>首</p>"), ('class="mine"', HEADER.format("题") + html))
    assert 'class="slide mine"' in mine


def test_every_layout_has_a_slide_in_the_guide(request):
    guide = (request.config.rootpath / "slides/guide.md").read_text("utf-8")
    assert [name for name in layouts.LAYOUTS if f'<!-- slide class="{name}"' not in guide] == []


def test_a_chinese_letter_is_two_columns_wide():
    assert columns("ab字\nabc  ") == 4


def test_drawings_within_a_drawing_belong_to_their_formula():
    """A number, and an arrow that stretches, are drawings of their own; so is nothing at all."""
    inner = '<svg viewBox="0 0 1 1"><g><path/></g></svg>'
    formula = f'<span class="formula display" data-tex="a"><svg><g><g>{inner}</g></g></svg></span>'
    html = derivations.derivation(f"<p>{formula}</p><p>{formula}</p>")
    assert html.count('class="fragment line last"') == 1
    assert html.count(inner) == 2
    assert html.count("<g") == html.count("</g>")
    empty = '<span class="formula display" data-tex="b"><svg></svg></span>'
    assert derivations.derivation(empty).count("<svg></svg>") == 1


TITLED = Stage(course="课程", lecture="第一讲", titled=True)


def test_a_heading_at_the_top_is_the_title_where_the_house_is_asked_for():
    html = drawn(("", '<h2 id="a">标题</h2>\n<p>正文</p><h3>其次</h3>'), around=TITLED)
    assert '<div class="header"><div class="title"><h2 id="a">标题</h2></div></div>' in html
    assert '<div class="body">\n\n<p>正文</p><h3>其次</h3></div>' in html
    assert "header" not in drawn(("", "<h2>标题</h2><p>正文</p>"))


@pytest.mark.parametrize(
    "mark, html",
    [
        ("", "<h1>一</h1><h2>二</h2>"),
        ("", "<p>正文</p><h1>一</h1>"),
        ("", '<h1 class="r-fit-text">一</h1><p>正文</p>'),
        ('class="statement"', "<h1>一</h1><p>正文</p>"),
        ("", HEADER.format("标题") + "<h1>一</h1><p>正文</p>"),
    ],
)
def test_a_heading_that_is_no_title_stays_where_it_is(mark, html):
    found = drawn((mark, html), around=TITLED)
    assert "<h1" not in found.partition('<div class="body">')[0]
    assert "一" in found


@pytest.mark.parametrize(
    "html, found",
    [
        ("<h1>一</h1><p>张三</p><p>2026</p>", True),
        ("<h1>一</h1><h2>二</h2><p>张三</p>", True),
        ("<h2>一</h2><p>张三</p>", False),
        ("<h1>一</h1><ul><li>二</li></ul>", False),
        (f"<h1>一</h1><p>{'长' * 100}</p>", False),
        ('<h1>一</h1><p><img src="a.png"></p>', False),
    ],
)
def test_a_first_slide_of_a_title_and_short_lines_is_a_cover(html, found):
    assert ('<h1 class="name">一</h1>' in drawn(("", html), ("", "<p>二</p>"), around=TITLED)) is found
    assert "cover" not in drawn(("", html), around=TITLED)
    assert "cover" not in drawn(("", html), ("", "<p>二</p>"))
