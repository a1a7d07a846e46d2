"""Raw HTML: what stays, what is repaired, what is left out, and that a browser would find nothing to run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from kejian.parse.html.sanitize import balance, clean, refused, unable


@pytest.mark.parametrize(
    "html",
    [
        '<div class="multi_column top6" style="height:280px"><p class="left2">x</p></div>',
        '<p align="center"><img class="hust"></p>',
        '<h2 id="a" data-x="1" aria-label="y">t</h2>',
        '<kj-hole n="3"></kj-hole>',
        '<video controls="" src="a.mp4"></video>',
        '<a href="b.md#x" target="_blank">y</a>',
        '<img src="data:image/png;base64,AA">',
        "<style>.a{color:red}</style>",
        '<table><tbody><tr><td rowspan="2">x</td></tr></tbody></table>',
        '<svg viewBox="0 0 1 1"><path d="M0 0"></path></svg>',
        "<details><summary>a</summary>b</details>",
        "a&nbsp;b &lt; c",
    ],
)
def test_what_stays(html):
    assert clean(html) == html


@pytest.mark.parametrize(
    "html, expected",
    [
        ("<div><p>a", "<div><p>a</p></div>"),
        ("a</div>b", "ab"),
        ("a</br>b", "a<br>b"),
        ('<p class="theorem markdown="1">t', '<p class="theorem markdown=">t</p>'),
        ("<p>a<div>b</div>c</p>", "<p>a</p><div>b</div>c<p></p>"),
    ],
)
def test_what_is_repaired(html, expected):
    assert clean(html) == expected
    assert balance(html).replace(' 1"=""', "") == expected


@pytest.mark.parametrize(
    "html, words",
    [
        ("<script>alert(1)</script>", "a script"),
        ("<SCRIPT src=//x>", "a script"),
        ("<img src=x onerror=alert(1)>", "an event handler onerror="),
        ("<svg/onload=alert(1)>", "an event handler onload="),
        ('<a href="javascript:alert(1)">x</a>', "a javascript: address"),
        ('<a href=" JavaScript:x">x</a>', "a javascript: address"),
        ('<a href="data:text/html,x">x</a>', "a data: address"),
        ("<iframe src=x></iframe>", "<iframe>"),
        ("<object data=x></object>", "<object>"),
        ("<base href=//x>", "<base>"),
        ("<math><mtext></mtext></math>", "<math>"),
    ],
)
def test_what_is_left_out_is_reported(html, words):
    assert [found[1] for found in refused(html)] == [words]
    assert harmless(clean(html))


HOSTILE = [
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<svg><desc><svg><image><a><desc><![CDATA[<img src onerror=alert(1)>]]></svg>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<svg><use href="data:image/svg+xml,<svg onload=alert(1)>"></use></svg>',
    '<svg><animate attributeName=href values="javascript:alert(1)">',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<img src="x" srcset="javascript:alert(1)">',
    '<p style="background:url(//evil)">x</p>',
    "<p style=\"background:url('https://evil')\">x</p>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--!> <img src=x onerror=alert(1)> -->",
    "<template><img src=x onerror=alert(1)></template>",
    '<textarea><img title="</textarea><img src=x onerror=alert(1)>">',
    '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
    "<select><template><iframe srcdoc=x>",
    '<meta http-equiv=refresh content="0;url=//x">',
    '<link rel=stylesheet href="//x">',
]


def harmless(html):
    """Whether a browser, parsing `html` anew, finds no element or attribute that acts."""
    tree = LexborHTMLParser(html, scripting=True)
    for node in tree.css("*"):
        if node.tag in {"script", "iframe", "object", "embed", "base", "form", "link", "animate", "use", "noscript"}:
            return False
        for key, value in node.attributes.items():
            address = "".join((value or "").split()).lower()
            if key.startswith("on") or address.startswith(("javascript:", "data:text", "vbscript:")):
                return False
            if key == "style" and "//" in address:
                return False
    return all(node.tag != "meta" for node in tree.css("body *"))


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_html_is_harmless_and_stays_so(html):
    once = clean(html)
    assert harmless(once)
    assert harmless(clean(once))


@given(
    st.lists(st.sampled_from([*HOSTILE, "<p>", "</p>", "<div", ">", '"', "<svg>", "</svg>", "<style>", "x"])).map(
        "".join
    )
)
def test_any_mixture_of_them_is_harmless(html):
    assert harmless(clean(html))


@given(st.text(alphabet=st.sampled_from("<>/ab&;=\"' -!")))
def test_cleaning_is_idempotent(html):
    """Law: what is clean stays as it is, so that nothing can hide behind a second parse."""
    assert clean(clean(html)) == clean(html)


@pytest.mark.parametrize(
    "html, expected",
    [
        ('<img name="currentScript" src="x.png">', '<img src="x.png">'),
        ('<a name="x">y</a>', '<a name="x">y</a>'),
        ('<input type="image" src="//x/y">', '<input type="image">'),
        ('<svg><rect fill="url(//x/y#z)"></rect></svg>', "<svg><rect></rect></svg>"),
        ('<svg><rect fill="url(#z)"></rect></svg>', '<svg><rect fill="url(#z)"></rect></svg>'),
        ('<p style="background:u\\72l(//x/y)">z</p>', "<p>z</p>"),
    ],
)
def test_attributes_that_reach_beyond_their_element(html, expected):
    assert clean(html) == expected


@pytest.mark.parametrize(
    "text",
    [
        '<div class="a">b</div> <br/> <svg><path d="M0"/></svg>',
        "a < b, `List<int>`, #include <stdio.h>",
        "[x](journal.md) [y](https://x.org) ![z](data:image/png;base64,AA)",
        "<!-- a remark -->",
    ],
)
def test_markdown_for_any_viewer_stays_as_it_is(text):
    assert unable(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>",
        "<img src=x onerror=y>",
        '<img src="x"onerror=y>',
        "<style>x",
        "<scr<script>x</script>",
        "<!--><script>x</script>-->",
        "<iframe srcdoc=x>",
        '<a title=x href=" java\nscript:x">',
        "<svg/onload=x>",
        "<?xml <script>?>",
        "<div\n<img src=x onerror=y>",
    ],
)
def test_a_tag_that_acts_is_text_for_any_viewer(text):
    assert "<" not in unable(text).replace("</", "")


@pytest.mark.parametrize("link", ["javascript:x", "JAVA&#115;cript:x", "&Tab;vbscript:x", "data:text/html,x"])
def test_a_link_that_acts_leads_nowhere_in_any_viewer(link):
    assert unable(f"[x]({link})") == "[x](#)"
    assert unable(f"[x]: {link}") == "[x]: #"
