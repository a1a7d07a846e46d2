"""QR codes of addresses: what is drawn, what it links to, what is refused."""

import re

import pytest
import segno
from selectolax.lexbor import LexborHTMLParser

from kejian.core.attributes import parse
from kejian.core.diagnostics import Span
from kejian.parse.html import sanitize
from kejian.parse.lines.import_qr import WIDTH, asked, qr
from kejian.parse.lines.import_result import Import

ADDRESS = "https://example.org/a?b=1&c=2#d"
RUNS = re.compile(r"h(\d+)")


def asks(target, attributes="{as=qr}"):
    return Import(target, parse(attributes), "a.md", Span("a.md", 1))


def drawn(target, attributes="{as=qr}"):
    """Return the link on the slide, as the sanitizer leaves it."""
    found = qr(asks(target, attributes))
    assert not found.diagnostics
    return LexborHTMLParser(sanitize.clean("\n".join(found.lines)), is_fragment=True).css_first("p > a")


@pytest.mark.parametrize("attributes", ["{as=qr}", '{as="qr"}', '{as="QR" .center}'])
def test_a_code_is_asked_for_by_as(attributes):
    assert asked(asks(ADDRESS, attributes))
    assert not asked(asks(ADDRESS, "{.center}"))


def test_every_dark_module_of_the_matrix_is_drawn_with_four_light_ones_around():
    code = segno.make_qr(ADDRESS, error="m")
    svg = drawn(ADDRESS).css_first("svg")
    ground, modules = svg.css("path")
    assert sum(map(int, RUNS.findall(modules.attributes["d"]))) == sum(map(sum, code.matrix))
    side = len(code.matrix) + 8
    assert svg.attributes["viewBox"] == f"0 0 {side} {side}"
    assert ground.attributes["fill"] == "#fff"
    assert modules.attributes["stroke"] == "currentColor"
    assert "color:#000" in svg.attributes["style"]


def test_the_code_is_a_link_that_is_read_out_as_its_address():
    link = drawn(ADDRESS)
    svg = link.css_first("svg")
    assert link.attributes["href"] == ADDRESS
    assert (svg.attributes["role"], svg.attributes["aria-label"]) == ("img", ADDRESS)
    assert svg.attributes["width"] == WIDTH


def test_attributes_are_those_of_a_picture():
    svg = drawn(ADDRESS, '{as=qr alt="问卷" height="50%" .center style="margin:1em"}').css_first("svg")
    assert svg.attributes["aria-label"] == "问卷"
    assert (svg.attributes["height"], svg.attributes["class"]) == ("50%", "center")
    assert svg.attributes["style"].endswith(";margin:1em")
    assert "width" not in svg.attributes


def test_letters_outside_of_ascii_are_coded_in_the_address_and_read_as_they_are():
    link = drawn("https://example.org/图")
    assert link.attributes["href"] == "https://example.org/%E5%9B%BE"
    assert link.css_first("svg").attributes["aria-label"] == "https://example.org/图"


@pytest.mark.parametrize("address", ["mailto:a@example.org", "tel:+8627"])
def test_what_a_link_may_lead_to_a_code_may(address):
    assert drawn(address).attributes["href"] == address


@pytest.mark.parametrize("address", ["javascript:alert(1)", " JavaScript:x", "java\tscript:x", "data:text/html,x"])
def test_what_a_link_may_not_lead_to_is_refused(address):
    (found,) = qr(asks(address)).diagnostics
    assert found.code == "link-scheme"


@pytest.mark.parametrize("target", ["notes.md", "//example.org/x", "https:", "https://example.org/" + "x" * 3000])
def test_a_path_or_an_address_too_long_is_refused(target):
    (found,) = qr(asks(target)).diagnostics
    assert found.code == "import-qr"
    assert found.hint
