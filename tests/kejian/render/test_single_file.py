"""A deck as one file, from a page and files made by hand."""

import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from kejian.core.model import Page
from kejian.render.csp import policy
from kejian.render.single_file import SETTER, single

FILES = {
    "_kejian/theme.css": b"p{color:red}",
    "_kejian/deck.js": b"start()",
    "_kejian/search.js": b"search()",
    "_kejian/minisearch.js": b"mini()",
    "_kejian/find.js": b"find()",
    "_kejian/passages.js": b"passages()",
    SETTER: b"set()",
    "slides/a.png": b"A" * 10,
    "logo.png": b"L" * 2000,
    "common/own.css": b"@font-face{src:url(font.woff2)}",
    "common/font.woff2": b"F",
    "data/x.csv": b"1,2",
}
HEAD = '<link rel="stylesheet" href="../_kejian/theme.css">'
SCRIPTS = '<script src="../_kejian/deck.js"></script>'


def made(main, head=HEAD, scripts=SCRIPTS, rules="", **files):
    html = (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta http-equiv="Content-Security-Policy" content="{policy(rules)}">'
        f'{head}</head><body><main class="page">{main}</main><nav class="corner"><a class="home" href="../i.html">h</a>'
        f'<a class="notebook" href="cnn.ipynb">n</a><button>d</button></nav>{scripts}</body></html>'
    )
    return single(Page("slides/cnn.html", html.encode()), {**FILES, **files}.get)


def tree(found):
    return LexborHTMLParser(found.page.data.decode())


def b64(data):
    return b64encode(data).decode()


def rules(found):
    content = tree(found).css_first("meta[http-equiv]").attributes["content"]
    return {name: rest.split() for name, _, rest in (rule.partition(" ") for rule in content.split("; "))}


def test_single_file_is_beside_the_page():
    assert made("").page.path == "slides/cnn.single.html"


def test_nothing_is_left_to_load():
    found = made('<img src="a.png"><video poster="a.png"></video><p style="background:url(a.png)"></p>')
    assert not tree(found).css("[src]:not([src^='data:']), link[href], [poster]:not([poster^='data:'])")
    assert "../" not in found.page.data.decode()
    assert (found.missing, found.unlinked) == ((), ())


def test_styles_and_scripts_stand_in_their_places():
    found = tree(made(""))
    assert found.css_first("head style").text() == "p{color:red}"
    assert [node.text() for node in found.css("script")] == ["start()"]


def test_a_sheet_that_waits_for_a_script_is_put_in_once_and_still_waits():
    link = '<link rel="stylesheet" {}href="../_kejian/theme.css">'
    head = link.format('class="later" media="print" ') + f"<noscript>{link.format('')}</noscript>"
    (style,) = tree(made("", head=head)).css("style")
    assert style.attributes == {"class": "later", "media": "print"}


def test_the_policy_allows_those_scripts_and_no_address():
    found = rules(made("", rules="'sha256-popup='"))
    digest = b64(sha256(b"start()").digest())
    assert found["script-src"] == [f"'sha256-{digest}'", "'sha256-popup='"]
    assert found["img-src"] == found["font-src"] == found["media-src"] == ["data:"]
    assert found["frame-src"] == ["'self'"]
    assert found["default-src"] == ["'none'"]


def test_a_course_that_trusts_its_scripts_still_does():
    assert rules(made("", rules="'unsafe-inline'"))["script-src"] == ["'unsafe-inline'"]


def test_the_search_brings_along_what_it_would_load():
    found = tree(made("", scripts='<script src="../_kejian/search.js"></script>'))
    assert found.css_first("script").text().split() == ["mini()", "find()", "passages()", "search()"]


def test_a_sheet_brings_its_files_from_where_it_was():
    found = made("", head='<link rel="stylesheet" href="../common/own.css">')
    assert tree(found).css_first("style").text() == f'@font-face{{src:url("data:font/woff2;base64,{b64(b"F")}")}}'


def test_a_slides_own_style_is_filled_too():
    found = made("<style>p{background:url(a.png)}</style>")
    assert "data:image/png" in tree(found).css_first("main style").text()


def test_a_style_is_filled_however_it_is_spelled():
    found = tree(made(r"<style>p{b:U\72l(a.png);c:'<'}</style><p style='b:image-set(&quot;a.png&quot; 1x)'></p>"))
    assert "data:image/png" in found.css_first("main style").text()
    assert "data:image/png" in found.css_first("main p").attributes["style"]


def test_a_drawing_behind_a_slide_cannot_end_the_url_it_is_put_in():
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><desc>),url(//host/x</desc></svg>"
    found = tree(made('<section data-background-image="x.svg"></section>', **{"slides/x.svg": drawing}))
    written = found.css_first("main section").attributes["data-background-image"]
    assert written.startswith("data:image/svg+xml,")
    assert not set(written) & set("()'\" \n")


def test_file_used_by_many_slides_is_embedded_once():
    found = made(
        '<img class="hust" src="../logo.png"><img src="../logo.png" alt="x"><img src="a.png"><img src="a.png">'
    )
    page = tree(found)
    assert [image.attributes.get("data-file") for image in page.css("img")] == ["src 0", "src 0", None, None]
    assert json.loads(page.css_first('[id="kejian.files"]').text()) == [f"data:image/png;base64,{b64(b'L' * 2000)}"]
    assert [node.text() for node in page.css("main ~ script:not([type])")] == ["set()", "start()"]
    assert f"'sha256-{b64(sha256(b'set()').digest())}'" in rules(found)["script-src"]


def test_the_ways_out_of_the_page_are_gone():
    found = made(
        '<a href="second.html#/2">二</a> <a href="cnn.html#/1">一</a> <a href="#/2">三</a> <a href="https://x.org">四</a>'
    )
    assert [link.attributes.get("href") for link in tree(found).css("main a")] == [None, "#/1", "#/2", "https://x.org"]
    assert found.unlinked == ("second.html#/2",)
    assert [node.tag for node in tree(found).css(".corner > *")] == ["button"]


def test_a_linked_file_is_saved_from_the_page():
    (link,) = tree(made('<a href="../data/x.csv">数据</a>')).css("main a")
    assert link.attributes == {"href": f"data:text/csv;base64,{b64(b'1,2')}", "download": "x.csv"}


@pytest.mark.parametrize(
    "main, missing",
    [
        ('<img src="gone.png">', "gone.png"),
        ('<iframe src="demo.html"></iframe>', "demo.html"),
        ('<section data-background-iframe="demo.html"></section>', "demo.html"),
        ('<section data-background-video="demo.mp4"></section>', "demo.mp4"),
        ('<a href="gone.zip">x</a>', "gone.zip"),
    ],
)
def test_file_that_cannot_be_embedded_is_reported_and_unchanged(main, missing):
    found = made(main)
    assert found.missing == (missing,)
    assert missing in found.page.data.decode()


def test_scripts_of_a_slide_cannot_pose_as_ours():
    code = "x = \"<script data-text='0'></script>\""
    found = made("", **{"_kejian/deck.js": code.encode()})
    assert [node.text() for node in tree(found).css("script")] == [code.replace("</script", "<\\/script")]


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_script_comes_out_with_the_hash_that_allows_it(code):
    found = made("", **{"_kejian/deck.js": code.encode()})
    html = found.page.data.decode()
    text = re.search(r"<script>(.*?)</script>", html, re.DOTALL)[1]
    assert not set(text) & set("\r\0")  # which a browser would change before it takes the hash
    assert f"'sha256-{b64(sha256(text.encode()).digest())}'" in rules(found)["script-src"]


def test_the_same_page_and_files_give_the_same_bytes():
    main = '<img src="a.png"><a href="../data/x.csv">x</a>'
    assert made(main) == made(main)
