"""Addresses as a browser reads them, and paths as addresses."""

import posixpath
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core.addresses import address, background, embedded, inside, is_remote, quoted, resolve, shown


@pytest.mark.parametrize(
    "base, target, expected",
    [
        ("slides/a.md", "../img/x.png", "img/x.png"),
        ("slides/a.md", "x.png", "slides/x.png"),
        ("slides/a.md", "/img/x.png", "img/x.png"),
        ("a.md", "my%20file.md", "my file.md"),
        ("a.md", "../x", "../x"),
        ("a.md", "%2e%2e/x", "../x"),
        ("a.md", "..\\x", "../x"),
        ("a.md", "", ""),
    ],
)
def test_resolve(base, target, expected):
    assert resolve(base, target) == expected


@pytest.mark.parametrize("target", ["http://x/y", "//host/x", "mailto:a@b.c", "javascript:x", " https://x"])
def test_remote(target):
    assert is_remote(target)


@pytest.mark.parametrize("target", ["x.png", "../a/b.md#c:d", "/x", "#a", "a/b:c", "x?a:b", "x?a?b:c", "x#a#b:c"])
def test_local(target):
    assert not is_remote(target)


@pytest.mark.parametrize(
    "target",
    [
        "file%3A/etc/x",
        "javascript%3Aalert(1)",
        "%2f%2fhost/x",
        "\\\\host\\x",
        "/\\host/x",
        "\x01//host/x",
        "\u00a0//host/x".replace("\u00a0", " "),
        "/\t/host/x",
        "java\nscript:x",
        "blob:x",
    ],
)
def test_remote_however_it_is_spelled(target):
    assert is_remote(target)


@pytest.mark.parametrize("target", ["./a:b.png", "./file%3A/x", "a/b%3Ac.png", "12%3A30.png"])
def test_a_colon_behind_a_slash_is_no_scheme(target):
    assert not is_remote(target)


@pytest.mark.parametrize(
    "written, expected",
    [
        ("p.png", "slides/p.png"),
        ("../img/p.png?v=1#x", "img/p.png"),
        ("./p%20q.png", "slides/p q.png"),
        ("", "slides/a.css"),
        ("?x", "slides/a.css"),
        ("/p.png", None),
        ("\\p.png", None),
        ("../../p.png", None),
        (".\t./../p.png", None),
        ("%2e%2E/../p.png", None),
        ("a%2fb/../../p.png", None),
        ("a%5c..%5c..%5c..%5cp.png", None),
        ("x%00.png", None),
        ("//host/p.png", None),
        ("file:p.png", None),
        ("https://x.org/p.png", None),
        ("data:image/png,x", None),
    ],
)
def test_an_address_that_stays_as_it_is(written, expected):
    assert inside(written, "slides/a.css") == expected


@pytest.mark.parametrize(
    "path, page, expected",
    [
        ("slides/p.png", "slides/a.md", "p.png"),
        ("img/q r.png", "slides/a.md", "../img/q%20r.png"),
        ("slides/file:/etc/x", "slides/a.md", "./file%3A/etc/x"),
        ("slides/a,b.png", "slides/a.md", "a%2Cb.png"),
        ("slides/a(1)'.png", "slides/a.md", "a%281%29%27.png"),
        ("slides/a?b#c%d.png", "slides/a.md", "a%3Fb%23c%25d.png"),
        ("p.png", "a.md", "p.png"),
    ],
)
def test_the_address_of_a_file(path, page, expected):
    assert address(path, page) == expected


@pytest.mark.parametrize(
    "path, expected",
    [
        ("slides/p.png", "p.png"),
        ("slides/a:b.png", "./a:b.png"),
        ("img/图 1.png", "../img/%E5%9B%BE%201.png"),
        ("slides/100%.png", "100%25.png"),
        ("slides/a,b.png", ""),
        ("slides/a#b.png", ""),
        ("slides/a?b.png", ""),
    ],
)
def test_the_address_of_a_picture_that_reveal_js_decodes_and_codes(path, expected):
    assert background(path, "slides/a.md") == expected


names = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1).filter(
    lambda n: n not in (".", "..")
)


@given(st.lists(names, min_size=1, max_size=3), st.lists(names, max_size=2))
def test_an_address_leads_to_its_file_and_is_nothing_else(parts, folders):
    path, page = "/".join(parts), "/".join([*folders, "a.html"])
    written = address(path, page)
    split = urlsplit(written)
    assert (split.scheme, split.netloc, split.query, split.fragment) == ("", "", "", "")
    assert not set(written) & set(",;:'\"()<>\\ \t\n")
    assert posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(written))) == posixpath.normpath(path)


@pytest.mark.parametrize(
    "written, expected",
    [
        ("data:image/png;base64,AA==", "data:image/png;base64,AA=="),
        (" DATA:IMAGE/PNG;Base64,AA", "data:image/png;base64,AA"),
        ("data:image/svg+xml,<svg a='b'/>", "data:image/svg+xml,%3Csvg%20a=%27b%27/%3E"),
        ("data:image/png,x),url(//host/x", "data:image/png,x%29,url%28//host/x"),
        ("data:text/html,<b>", ""),
        ("data:,x", ""),
        ("p.png", ""),
    ],
)
def test_an_address_that_holds_its_picture(written, expected):
    assert embedded(written) == expected


def test_a_path_as_a_part_of_an_address():
    assert quoted("a/b c:d,e.png") == "a/b%20c%3Ad%2Ce.png"


@pytest.mark.parametrize(
    "written, expected", [("%E5%9B%BE%201.png", "图 1.png"), ("a.png", "a.png"), ("%FF.png", "%FF.png")]
)
def test_addresses_in_messages_are_as_people_write_them(written, expected):
    assert shown(written) == expected
