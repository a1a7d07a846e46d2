"""What a reader can find on a page, and the script that holds it."""

import json
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.render.search_text import SearchPage, SearchPassage, passages, script


def deck(*sections):
    return (
        f'<main class="page"><div class="preface" hidden>前</div><div class="slides">{"".join(sections)}</div></main>'
    )


def section(inner, attributes='id="s0.0" aria-label="标题"'):
    return f'<section class="slide" {attributes}>{inner}</section>'


def text(html):
    (found,) = passages(deck(section(html)))
    return found.text


def data(pages):
    return json.loads(script(pages).decode().removeprefix("window.kejian.passages=").removesuffix(";\n"))


def test_each_slide_is_a_passage_with_its_id_and_title():
    html = deck(section("<p>一</p>"), f'<section class="stack">{section("<p>二</p>", "id=own")}</section>')
    assert passages(html) == (SearchPassage("s0.0", "标题", "一"), SearchPassage("own", "", "二"))


@pytest.mark.parametrize(
    "html, found",
    [
        ("<p>卷<strong>积</strong>核</p>", "卷积核"),
        ("<ul><li>一</li><li>二</li></ul>", "一 二"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
        ('<pre><code><span class="k">def</span> <span>f</span>():\n  pass</code></pre>', "def f(): pass"),
        ('<div class="output"><pre class="output-text"><code>9 &lt; 10</code></pre></div>', "9 < 10"),
        ('设<span class="formula" data-tex="x^2 &amp; y"><svg></svg><math><mi>x</mi></math></span>', "设 x^2 & y"),
        ('<img src="a.png" alt="三层网络">', "三层网络"),
        ('<svg class="diagram" aria-label="卷积，汇聚"><text>卷积</text><text>汇聚</text></svg>', "卷积，汇聚"),
        ("<p>第一行<br>第二行</p>", "第一行 第二行"),
    ],
)
def test_what_is_read_on_a_slide_is_found(html, found):
    assert text(html) == found


def test_displayed_formulas_come_last_without_what_arranges_them():
    formula = (
        r'<span class="formula display" data-tex="\begin{align*} a &amp; = b \\ c \end{align*}"><svg></svg></span>'
    )
    assert text(f"{formula}<p>其中</p>") == "其中 a = b c"


@pytest.mark.parametrize(
    "html",
    [
        '<div class="header"><div class="title"><h5>标题</h5></div></div>',
        '<div class="footer"><h6>课程</h6></div>',
        '<aside class="notes">讲稿</aside>',
        '<details class="provenance"><summary>i</summary>键</details>',
        "<p hidden>藏</p>",
        '<span class="critic comment">批注</span>',
        "<style>p{color:red}</style>",
    ],
)
def test_what_repeats_or_does_not_show_is_not_found(html):
    assert text(f"{html}<p>正文</p>") == "正文"


def test_a_slide_that_reveal_removes_is_not_found():
    assert passages(deck(section("一", 'id="a" data-visibility="hidden"'))) == ()


def test_a_plain_page_is_cut_at_its_headings():
    html = (
        '<main class="page"><p>前言</p><h1 id="a">一 <code>x</code></h1><p>甲</p><div><h2 id="b">二</h2>乙</div></main>'
    )
    assert passages(html) == (
        SearchPassage("", "", "前言"),
        SearchPassage("a", "一 x", "甲"),
        SearchPassage("b", "二", "乙"),
    )


def test_a_page_cannot_forge_a_cut():
    assert passages('<main class="page"><p>\ue0027\ue002</p></main>') == (SearchPassage("", "", "7"),)


def test_the_script_names_each_page_once():
    pages = [
        SearchPage("slides/a.html", "甲", deck=True, passages=(SearchPassage("s0.0", "一", "文"),)),
        SearchPage("b.html", "乙", deck=False, passages=()),
    ]
    assert data(pages) == {
        "pages": [["slides/a.html", "甲", 1], ["b.html", "乙", 0]],
        "passages": [[0, "s0.0", "一", "文"]],
    }


@given(st.text())
def test_any_text_stands_in_a_script_and_comes_out_as_it_was(words):
    found = data([SearchPage("a.html", words, deck=True, passages=(SearchPassage("x", words, words),))])
    assert found["passages"] == [[0, "x", words, words]]
    written = script([SearchPage("a.html", words, deck=True, passages=())])
    assert not any(char in written.decode() for char in "<\u2028\u2029")


def test_a_javascript_engine_reads_the_script(tmp_path):
    from kejian.core import toolchain

    words = '</script><!-- "\\ \u2028'
    (tmp_path / "a.js").write_bytes(
        b"const window={kejian:{}};" + script([SearchPage("a.html", words, deck=True, passages=())])
    )
    with (tmp_path / "a.js").open("a") as file:
        file.write("process.stdout.write(window.kejian.passages.pages[0][1]);")
    done = subprocess.run([toolchain.locate().node, "a.js"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode() == words
