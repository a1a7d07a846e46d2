"""`@import "https://…" {as=qr}`: a code to scan."""

import sys

from selectolax.lexbor import LexborHTMLParser

from kejian.core.attributes import Attributes
from kejian.core.diagnostics import Span
from kejian.core.disk.files import Folder
from kejian.parse.html import sanitize
from kejian.parse.lines.import_result import Import
from kejian.parse.lines.imports import load


def drawn(tmp_path, target, **attributes):
    return load(Import(target, Attributes(tuple(attributes.items())), "a.md", Span("a.md")), Folder(tmp_path))


def test_the_code_is_a_link_to_the_address_which_is_its_words(tmp_path):
    address = "https://example.org/a?b=1&c=<2>"
    found = drawn(tmp_path, address, **{"as": "qr", "class": "center"})
    assert found.diagnostics == ()
    link = LexborHTMLParser(sanitize.clean(found.lines[0]), is_fragment=True).css_first("a")
    assert link.attributes == {"href": address, "aria-label": address, "class": "qr-code center"}
    dark, light = (link.css_first(f"path[{name}]").attributes for name in ("stroke", "fill"))
    assert (dark["stroke"], light["fill"]) == ("#000", "#fff"), "to be read on a dark slide as well"


def test_the_same_address_gives_the_same_code(tmp_path):
    assert drawn(tmp_path, "https://a.org", **{"as": "qr"}) == drawn(tmp_path, "https://a.org", **{"as": "qr"})


def test_an_address_that_is_too_long_is_told(tmp_path):
    (found,) = drawn(tmp_path, f"https://a.org/{'a' * 1000}", **{"as": "qr"}).diagnostics
    assert (found.code, found.hint) == ("qr-code", "import a shorter address of the page")


def test_without_the_package_it_is_said_what_to_type(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "segno", None)
    (found,) = drawn(tmp_path, "https://a.org", **{"as": "qr"}).diagnostics
    assert (found.code, found.hint) == ("qr-code", "type `pip install segno`")


def test_an_address_without_the_word_is_refused_and_the_word_named(tmp_path):
    (found,) = drawn(tmp_path, "https://a.org").diagnostics
    assert found.code == "import-remote"
    assert "{as=qr}" in found.hint
