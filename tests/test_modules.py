"""Modules stay small, and each finding is seen by a test. That they import downwards only, `make lint` checks."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "kejian"
MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=[m.relative_to(PACKAGE).as_posix() for m in MODULES])
def test_modules_and_functions_are_small(module):
    text = module.read_text("utf-8")
    assert text.count("\n") <= 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 45, f"{module.name}:{node.lineno} {node.name}"


def records():
    """The dataclasses and structs of more than four fields, as pairs of where each is and how it is declared."""
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                declared = [*node.decorator_list, *node.bases, *node.keywords]
                words = " ".join(ast.unparse(one) for one in declared)
                own = [
                    one for one in node.body if isinstance(one, ast.AnnAssign) and "ClassVar" not in ast.unparse(one)
                ]
                if len(own) > 4 and re.search(r"\bdataclass\b|\bStruct\b", words):
                    yield f"{module.relative_to(PACKAGE)}:{node.lineno} {node.name}", words


def test_records_of_more_than_four_fields_are_made_by_keywords():
    assert len(list(records())) > 50
    assert [where for where, words in records() if "kw_only=True" not in words] == []


def codes():
    """The codes of all findings, with the module that each comes from."""
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[:1] if name in ("error", "warning", "warn", "_refused") else []
            named = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            yield from ((one.value, module.name) for one in first + named if isinstance(one, ast.Constant))


def test_each_finding_is_seen_by_a_test_that_names_it():
    tests = "".join(path.read_text("utf-8") for path in ROOT.glob("tests/**/*") if path.suffix in (".py", ".md"))
    assert [(code, module) for code, module in codes() if code not in tests] == []
