"""Files put into a page, as addresses, in sheets and as scripts."""

import subprocess
from base64 import b64decode
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from kejian.core import toolchain
from kejian.render.data_urls import address, bare, is_file, script_text, sheet, sheet_text


@pytest.mark.parametrize(
    "written, found",
    [
        ("a.png", True),
        ("../x/图.svg?v=1#part", True),
        ("", False),
        ("#slide", False),
        ("data:image/png;base64,AA", False),
        ("https://example.org/a.png", False),
        ("//example.org/a.png", False),
        ("mailto:someone@example.org", False),
    ],
)
def test_which_addresses_name_files_of_the_site(written, found):
    assert is_file(written) is found


def test_a_bare_address_has_neither_query_nor_fragment():
    assert bare("x/a.svg?v=1#part") == "x/a.svg"


@given(st.binary())
def test_bytes_come_out_of_an_address_as_they_went_in(data):
    kind, _, held = address("x/a.PNG", data).partition(",")
    assert (kind, b64decode(held)) == ("data:image/png;base64", data)


@given(st.binary())
def test_a_drawing_stays_text_under_its_name(data):
    written = address("x/a.svg", data)
    held = written.removeprefix("data:image/svg+xml,").removesuffix("#a.svg")
    assert unquote_to_bytes(held) == data
    assert not set(held) & set("<>\"&#\n\t'()")


def test_a_file_of_no_known_kind_can_still_be_saved():
    assert address("weights.h5", b"x").startswith("data:application/octet-stream;base64,")


@pytest.mark.parametrize(
    "css, found",
    [
        ("a{b:url(c.png)}", 'a{b:url("<c.png>")}'),
        ("a{b:url( 'c d.png' )}", 'a{b:url( "<c d.png>" )}'),
        (r"a{b:\75 rl(c.png)}", 'a{b:url("<c.png>")}'),
        ("@import 'c.css';a{b:image-set('d.png' 1x)}", '@import "<c.css>";a{b:image-set("<d.png>" 1x)}'),
        ("a{content:'c.png'}/* url(d.png) */", "a{content:'c.png'}/* url(d.png) */"),
        ("a{b:url(c.png) url(d e)}", "a{b:url(c.png) url(d e)}"),
        ('a{b:url("c.png"),url(d.png)}', 'a{b:url("<c.png>"),url("<d.png>")}'),
        ("a{b:url(#c)}", "a{b:url(#c)}"),
        ("a{b:url(data:x,y)}", "a{b:url(data:x,y)}"),
        ("a{b:c}", "a{b:c}"),
    ],
)
def test_addresses_in_a_sheet(css, found):
    assert sheet(css, lambda written: f"<{written}>") == found


def scripts(text):
    tree = LexborHTMLParser(f"<script>{text}</script><p>after</p>")
    return [node.text() for node in tree.css("script")], tree.css_first("p")


@pytest.mark.parametrize("value", ["</script>", "</SCRIPT >", "<!--", "<!-- <script>", "<script></script>-->", "a</b>"])
def test_a_script_between_tags_ends_where_it_should_and_means_the_same(value):
    code = script_text(f"process.stdout.write({value!r})")
    (found,), after = scripts(code)
    assert found == code
    assert after is not None
    done = subprocess.run([toolchain.locate().node, "-e", code], capture_output=True, text=True, check=True)
    assert done.stdout == value


def test_a_sheet_between_tags_ends_where_it_should():
    css = sheet_text('a{content:"</style>"}')
    tree = LexborHTMLParser(f"<style>{css}</style><p></p>")
    assert tree.css_first("style").text() == 'a{content:"<\\/style>"}'
    assert tree.css_first("p")
