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
    found = list(dot.left_out(source))
    assert [(code, line) for code, line, _, _ in found] == [("bad-link", 1), ("bad-link", 1)]
    assert "'java\\nscript:x'" in found[1][2]


def test_files_that_a_drawing_does_not_read():
    source = 'digraph {\n a [image="x.png"] b [image=""]\n c [label=<a\n<IMG SRC="y.png"/>> fontpath=f]\n}'
    found = [(line, what, hint) for code, line, what, hint in dot.left_out(source) if code == "diagram-part"]
    assert [line for line, _, _ in found] == [2, 4, 4]
    assert "image='x.png'" in found[0][1]
    assert "![](x.png)" in found[0][2]
    assert found[2][2] == "take fontpath= out"


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


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A `dot` on PATH that runs a shell script."""

    def write(script):
        (tmp_path / "dot").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "dot").chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
        dot.version.cache_clear()

    yield write
    dot.version.cache_clear()


def test_the_system_s_engine_gets_the_source_and_the_layout_and_opens_no_file(installed):
    installed('echo "$@ $SERVER_NAME [$GV_FILE_PATH]"; cat')
    assert dot.system("graph { 甲 }", "neato") == {"svg": "-Tsvg -Kneato kejian []\ngraph { 甲 }"}


@pytest.mark.parametrize(
    "said, error, line",
    [
        ("Error: <stdin>: syntax error in line 3 near 'x'", "syntax error in line 3 near 'x'", 3),
        ("Warning: no fonts\nError: no layout", "no layout", 0),
        ("", "`dot` ended with 1", 0),
    ],
)
def test_what_the_system_s_engine_complains_of_is_told_with_its_line(installed, said, error, line):
    installed(f'cat > /dev/null; printf %s "{said}" >&2; exit 1')
    assert dot.system("graph {", "dot") == {"error": error, "line": line}


def test_a_system_s_engine_that_never_ends_is_ended(installed, monkeypatch):
    monkeypatch.setattr(dot, "_SECONDS", 0.2)
    installed("exec sleep 60")
    assert dot.system("graph { a }", "dot") == {"error": "`dot` was still at it after 0.2 seconds", "line": 0}


def test_the_system_s_engine_is_part_of_a_diagram_s_key_by_its_version(installed, monkeypatch, tmp_path):
    installed("echo dot - graphviz version 12.1 >&2")
    assert dot.version() == "dot - graphviz version 12.1"
    dot.version.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert dot.version() == ""
    assert dot.system("graph { a }", "dot") == {"error": "there is no `dot` on this machine", "line": 0}
