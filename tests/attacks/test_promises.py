"""SECURITY.md: each promise names a test that is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
PROMISES = re.findall(r"^\| ([^|]+) \| \[(\w+)\]\(([\w/.]+)\) \|$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("promise, test, path", PROMISES, ids=[test for _, test, _ in PROMISES])
def test_a_promise_has_its_test(promise, test, path):
    functions = [node for node in ast.parse((ROOT / path).read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]
    assert test in {function.name for function in functions}, promise


def test_every_promise_has_one():
    rows = [line for line in TEXT.splitlines() if line.startswith("| ")]
    assert len(PROMISES) == len(rows) - 1 >= 15
