"""DOT sources before the engine sees them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from kejian.makers import dot

FIXTURES = Path(__file__).parents[2] / "fixtures" / "dot.md"
CASES = [pytest.param(source, expected, id=title) for _, title, source, expected in read_fixture_file(FIXTURES)]
DEFAULTS = "".join(f"{kind}[fontname=Verdana]" for kind in ("graph", "node", "edge"))


@pytest.mark.parametrize("source, expected", CASES)
def test_prepared(source, expected):
    assert dot.prepared(source) == expected


@given(st.text(alphabet='{}[]=;"\\<>/*#\n ab-', max_size=60))
def test_only_the_default_fonts_are_added_where_no_attribute_is_replaced(source):
    assert dot.prepared(source).replace("{" + DEFAULTS, "{", 1) == source


def test_links_whose_scheme_is_refused():
    source = (
        'digraph { a [URL="javascript:x"]; b [href=ok]; a -> b [edgeURL="java\nscript:x", headhref="https://a.b"] }'
    )
    assert dot.refused_links(source) == [
        (source.index('"javascript'), "javascript:x"),
        (source.index('"java\n'), "java\nscript:x"),
    ]


@pytest.mark.parametrize("link", ["https://a.b", "HTTP://a", "mailto:a@b", "#id", "a/b.html", "../a", "?a:b", "输入"])
def test_allowed(link):
    assert dot.allowed(link)


@pytest.mark.parametrize(
    "link",
    ["javascript:x", " javascript:x", "java\tscript:x", "\x01javascript:x", "data:x", "vbscript:x", "//evil.example"],
)
def test_refused(link):
    assert not dot.allowed(link)


@pytest.mark.parametrize("piece", ["/*", "<", '"\\', " = ", "fontname=", "{", "# \n", "/**/a="])
def test_a_long_source_takes_time_in_proportion(piece):
    assert len(dot.prepared("graph {" + piece * 30_000)) >= 30_000
