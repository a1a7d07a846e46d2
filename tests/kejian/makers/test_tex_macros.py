"""TeX macros as data."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core.diagnostics import Severity
from kejian.makers.tex_macros import DEFAULTS, merged, read

ROOT = Path(__file__).parents[3]


def test_json():
    macros, problems = read("m.json", r'{"Xv": "\\mathbf{X}", "\\sup": ["{{(#1)}}", 1], "n": ["#1_#2", 2, "x"]}')
    assert macros == {"Xv": r"\mathbf{X}", "sup": ("{{(#1)}}", 1), "n": ("#1_#2", 2, "x")}
    assert problems == ()


SCRIPTS = {
    "MathJax 2": "MathJax.Hub.Config({TeX: {extensions: ['a.js'], Macros: {a: '\\\\alpha', b: ['#1', 1],}}});",
    "MathJax 3": "window.MathJax = {\n  tex: {inlineMath: [['$', '$']], macros: {a: '\\\\alpha', b: [\"#1\", 1]}}\n};",
    "quoted": '({"tex": {"macros": {"a": "\\\\alpha", "b": ["#1", 1]}}})',
    "comments": "// tex: {macros: {z: 1}}\n/* } { */ x = {tex: {/*}*/ macros: {a: '\\\\alpha', // }\n b: ['#1', 1]}}}",
    "strings": "x({'}': \"{\", `}`: '\\'}', tex: {y: '}{', macros: {a: '\\\\alpha', b: ['#1', 1]}}})",
    "others": "x = {menu: {macros: {z: 'q'}}, tex: {macros: {a: '\\\\alpha', b: ['#1', 1]}}, m: {tex: {macros: {}}}}",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_a_configuration_script_is_read_and_not_run(script):
    assert read("mathjax_config.js", script) == ({"a": "\\alpha", "b": ("#1", 1)}, ())


@pytest.mark.parametrize(
    "path, text, line, column, words",
    [
        ("m.json", '{"a": "x",\n  "b": oops}', 2, 8, "`o` does not belong here"),
        ("m.json", '{"a": "x"', 1, 1, "never closed"),
        ("m.json", '["a"]', 1, 1, "not an object"),
        ("m.js", "x = {\n tex: {macros: {a: f(1)}}}", 2, 20, "`(` does not belong here"),
        ("m.js", "x = {tex: {macros: {a: '1'", 1, 20, "never closed"),
        ("m.js", "x = {tex: {}}", 1, 1, "no `macros: {…}`"),
        ("m.js", "", 1, 1, "no `macros: {…}`"),
    ],
)
def test_what_cannot_be_read_is_an_error_at_its_place(path, text, line, column, words):
    macros, (found,) = read(path, text)
    assert macros == {}
    assert (found.code, found.severity) == ("bad-macros", Severity.ERROR)
    assert (found.span.path, found.span.line, found.span.column) == (path, line, column)
    assert words in found.message


@pytest.mark.parametrize(
    "value", ["1", "[1]", '["a"]', '["a", 10]', '["a", -1]', '["a", true]', '["a", 0, "x"]', "null", "{}"]
)
def test_a_value_that_is_no_macro_is_a_warning_at_its_name(value):
    macros, (found,) = read("m.json", f'{{"ok": "1",\n   "bad": {value}}}')
    assert macros == {"ok": "1"}
    assert (found.code, found.span.line, found.span.column) == ("bad-macro", 2, 5)
    assert "`bad`" in found.message


@pytest.mark.parametrize("name", ["a1", "a b", "", "中1", "ab-"])
def test_a_name_tex_cannot_read(name):
    assert [p.code for p in read("m.json", f'{{"{name}": "x"}}')[1]] == ["bad-macro"]


def test_a_later_source_wins():
    assert merged({"a": "1", "b": "2"}, {"b": "3"}) == {"a": "1", "b": "3"}


def test_the_macros_that_ship_are_in_order():
    for path in (ROOT / "templates" / DEFAULTS, ROOT / "macros.json"):
        macros, problems = read(path.name, path.read_text("utf-8"))
        assert problems == ()
        assert macros
    assert {"div", "sup", "Pr", "tanh"} <= set(macros)


@given(st.text(alphabet="{}:\"'`/*\\ \ntexmacros,1", max_size=60))
def test_no_script_raises(text):
    macros, problems = read("m.js", "x={tex:{macros:{" + text)
    assert problems or macros is not None


@pytest.mark.parametrize("piece", ["{", "/*", "'\\", "tex:{macros:{", "a", '"\n', "`"])
def test_a_long_script_takes_time_in_proportion(piece):
    assert read("m.js", piece * 50_000)[1]
