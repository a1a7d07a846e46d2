"""Quoting source, case by case: `tests/fixtures/quote.md`.

A case is the attributes of an import (`path=` names the file, `net.py` where it is missing), `---`, and the file;
expected are the quoted lines' ends, the name, and the lines, or the finding.
"""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from kejian.core.attributes import parse
from kejian.core.diagnostics import Diagnostic, Severity, Span
from kejian.parse.quote.quote import Quotation, prefer_symbol, quote

ROOT = Path(__file__).parents[4]
CASES = read_fixture_file(ROOT / "tests" / "fixtures" / "quote.md")
IMPORT = Span("slides/a.md", 3)


@pytest.mark.parametrize("line, title, case, expected", CASES, ids=[case[1] for case in CASES])
def test_case(line, title, case, expected):
    head, _, text = case.partition("---\n")
    attributes = parse(head)
    path = attributes.text("path") or "net.py"
    found = quote(text, path, attributes, IMPORT)
    if isinstance(found, Diagnostic):
        out = f"! {found.severity} {found.code} {found.span} {found.message}\nhint: {found.hint}\n"
    else:
        out = f"{found.first}-{found.last} {found.name}\n" + "".join(f"{line}\n" for line in found.lines)
        assert len(found.lines) == len(found.numbers)
    assert out == expected, f"tests/fixtures/quote.md:{line}: {title}"


def test_each_line_knows_its_number_in_the_file():
    text = "import os\n\ndef f():\n    a = 1\n    b = 2\n    c = 3\n    return os\n"
    found = quote(text, "net.py", parse("symbol=f imports lines=3"))
    assert found.lines == ("import os", "", "a = 1", "# … 2 lines …", "return os")
    assert found.numbers == (1, 0, 4, 0, 7)


def test_a_finding_stands_in_the_file_where_the_import_is_not_known():
    assert quote("", "net.py", parse("symbol=f")).span == Span("net.py")


@pytest.mark.parametrize("text", ["\0", "(" * 5000, "def f():\n\tx\n        y\n", "x = '''", "f'{'", "a\\"])
def test_text_that_python_cannot_read_is_a_finding(text):
    assert quote(text, "net.py", parse("symbol=f")).code == "quote-syntax"


@given(
    st.text(),
    st.sampled_from(["symbol=f", "region=r", "line_begin=1", "lines=3", "elide=1-2", "symbol=f whole imports"]),
)
def test_any_text_is_a_quotation_or_a_finding(text, attributes):
    assert isinstance(quote(text, "net.py", parse(attributes)), Quotation | Diagnostic)


@given(st.text("# \n(')\"ab=:regiondf", max_size=200), st.sampled_from(["symbol=a", "region=r", "region=a imports"]))
def test_any_lines_keep_their_numbers(text, attributes):
    found = quote(text, "net.py", parse(attributes))
    if isinstance(found, Quotation):
        lines = text.split("\n")
        shown = zip(found.numbers, found.lines, strict=True)
        assert all(line.strip() in lines[number - 1] for number, line in shown if number)


PATHS = sorted((ROOT / "cnn_examples").rglob("*.py")) + sorted((ROOT / "kejian").rglob("*.py"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_body_of_the_project_is_its_own_code(path):
    """The quoted body, read by itself, has the syntax tree of the function less its docstring."""
    text = path.read_text("utf-8")
    for node in ast.parse(text).body:
        if not isinstance(node, ast.FunctionDef):
            continue
        body = node.body[ast.get_docstring(node) is not None :]
        found = quote(text, path.name, parse(f"symbol={node.name}"))
        assert isinstance(found, Quotation) == bool(body)
        if not body:
            continue
        again = ast.parse("\n".join(found.lines))
        assert [*map(ast.dump, again.body)] == [*map(ast.dump, body)]


@pytest.mark.parametrize(
    "attributes, hint",
    [
        ("line_begin=1 line_end=2", 'write symbol="f"'),
        ("line_begin=4 line_end=6", 'write symbol="Net.call"'),
        ("line_begin=3", 'write symbol="Net"'),
        ("line_end=3", 'write symbol="…", or # region … around the lines and region="…"'),
        ("line_begin=99", 'write symbol="…", or # region … around the lines and region="…"'),
    ],
)
def test_lines_by_their_numbers_get_advice(attributes, hint):
    text = "def f():\n    return 1\n\nclass Net:\n    def call(self):\n        return 1\n"
    found = prefer_symbol(text, "net.py", parse(attributes), IMPORT)
    assert (found.code, found.severity, found.span, found.hint) == ("prefer-symbol", Severity.HINT, IMPORT, hint)


def test_other_imports_get_none():
    assert prefer_symbol("x", "net.py", parse("symbol=f"), IMPORT) is None
    assert prefer_symbol("x", "net.js", parse("line_begin=1"), IMPORT) is None
    assert "region" in prefer_symbol("x = (", "net.py", parse("line_begin=1"), IMPORT).hint
