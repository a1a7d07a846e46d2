"""Style sheets as a browser's tokenizer reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core.css import AmbiguousCssError, addresses, normal, rewritten


@pytest.mark.parametrize(
    "css, expected",
    [
        ("p { color: red }", []),
        ("p { background: url(a.png) }", [("url", "a.png")]),
        ("p { background: URL( 'a b.png' ) }", [("picture", "a b.png")]),
        (r"p { background: \75rl(a.png) }", [("url", "a.png")]),
        (r"p { background: u\000072 l('\2e./a.png') }", [("picture", "../a.png")]),
        ("p { background: url(\\\n) }".replace("\\\n", r"a\)b"), [("url", "a)b")]),
        ("@import 'a.css';", [("import", "a.css")]),
        ("@import url(a.css) screen;", [("import", "a.css")]),
        (r"@\69mport/**/'a.css'", [("import", "a.css")]),
        ("@import src('a.css')", [("import", "a.css")]),
        ("@import a.css;", []),
        ("p { b: image-set('a.png' 1x, url(b.png) 2x) }", [("picture", "a.png"), ("url", "b.png")]),
        ("p { b: -webkit-image-set('a.png' 1x) }", [("picture", "a.png")]),
        ("p { b: image('a.png'); c: src('b.png') }", [("picture", "a.png"), ("picture", "b.png")]),
        ("p { cursor: url(a.cur), auto }", [("url", "a.cur")]),
        ("@font-face { src: url(a.woff) format('woff') }", [("url", "a.woff"), ("text", "woff")]),
        ("p { --x: 'a.png'; --y: { content: 'b' } }", [("text", "a.png")]),
        ("@property --x { syntax: '*'; initial-value: 'a' }", [("text", "*"), ("text", "a")]),
        ("@function --f() { result: 'a' }", [("text", "a")]),
        ("p { content: 'a'; & b { font-family: 'c'; d: 'e' } }", [("text", "e")]),
        ("p { q: (['a' {'b'}]) }", [("text", "a"), ("text", "b")]),
        ("a[href='b'] :is([c='d'])::after { content: attr(data-x) 'e' }", []),
        ("p { content: 'a' } } --x: 'b'", [("text", "b")]),
        ("content: 'a'; x content: 'b'", [("text", "b")]),
        ("@namespace url(http://a); @namespace svg 'b';", [("text", "http://a")]),
        ("@charset 'a'; @layer 'b';", []),
        ("'/* ' url(a.png) '*/'", [("text", "/* "), ("url", "a.png"), ("text", "*/")]),
        ("/* url(a.png) */", []),
        ("<!-- p { b: url(a.png) } -->", [("url", "a.png")]),
        ("@media print { @supports (a: url(b)) { c { d: url(e) } } }", [("url", "b"), ("url", "e")]),
        ("p { b: cross-fade(url(a.png), 'c') }", [("url", "a.png"), ("picture", "c")]),
        ("p { b: \\d800 url(a.png) }", []),
        ("p { b: url(\\d800) }", [("url", "\ufffd")]),
        ("p { b: url() }", [("url", "")]),
        ("p { b: url(a", None),
        ("p { b: url(a b) }", None),
        ("p { b: url(a'b) }", None),
        ("p { b: 'a", None),
        ("p { b: 'a\nb' }", None),
        ("p { b: c } /* url(a)", None),
        ("/*/", None),
        ("p { b: image-set(attr(data-x) 1x) }", None),
        ("p { --x: attr(data-x) }", None),
        ("p { b: 'c'; d: " + "9" * 5000 + "}", None),
        ('@charset "gbk"; p { b: url(a) }', None),
        ("p { b: url(" + "a" * 100_000 + ") }", [("url", "a" * 100_000)]),
        ("{[(" * 20_000 + "url(a)", [("url", "a")]),
    ],
)
def test_the_addresses_in_a_style_sheet(css, expected):
    try:
        found = [(one.kind, one.value) for one in addresses(css)]
    except AmbiguousCssError:
        found = None
    assert found == expected


def test_an_address_has_its_place():
    css = "a {}\r\nb { c: 'd' url( 'e' ) url(f) }\f@import 'g'"
    assert [(one.line, normal(css)[one.start : one.end]) for one in addresses(css)] == [
        (2, "'d'"),
        (2, "'e'"),
        (2, "url(f)"),
        (3, "'g'"),
    ]


def test_ambiguous_css_error_has_a_line():
    with pytest.raises(AmbiguousCssError, match=r"url\(\) that is none") as found:
        addresses("a {}\nb { c: url(d e) }")
    assert found.value.line == 2


def test_an_import_that_is_no_rule_is_refused():
    with pytest.raises(AmbiguousCssError, match="where no rule begins"):
        addresses("p[x(@import 'a.css')] {}")


def test_addresses_are_put_in_the_places_of_others():
    css = "@import 'a'; p { b: url(c) } q { d: image-set(\"e\" 1x); content: 'f'; --x: 'g' } /* url(h) */"
    new = rewritten(css, lambda one: None if one.value == "c" else f"<{one.value}>")
    assert new == "@import \"<a>\"; p { b: url(c) } q { d: image-set(\"<e>\" 1x); content: 'f'; --x: 'g' } /* url(h) */"


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_read_or_refused(css):
    try:
        found = addresses(css)
    except AmbiguousCssError:
        return
    assert all(0 <= one.start < one.end <= len(normal(css)) for one in found)
    assert rewritten(css, lambda _: None) == normal(css)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\f")))
def test_a_quoted_address_is_found_as_it_was(text):
    """However it is spelled: each character by its number."""
    spelled = "".join(f"\\{ord(one):x} " for one in text)
    (found,) = addresses(f'p {{ b: url("{spelled}") }}')
    assert found.value == text
