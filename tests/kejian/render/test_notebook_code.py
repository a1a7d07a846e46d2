"""An example's code as it runs by itself: every form of it, and that it shows what the example shows."""

import contextlib
import importlib
import io
import sys

import pytest

from kejian.core.diagnostics import Span
from kejian.core.disk.files import Folder
from kejian.core.model import Example
from kejian.examples.keys.package import Package
from kejian.render.notebook_code import source

MODULE = '''
"""A module."""

from __future__ import annotations

import math
import os.path as place, json
from . import other
from .other import double as twice, half

try:
    import fractions
except ImportError:
    fractions = None

SIZE = 3


def _own(x):
    return x + SIZE


'''
SIZE_FIRST = "from __future__ import annotations\nfrom sample_code.shown import SIZE\n\n"
CASES = {
    "value": ("def f():\n    return twice(4)\n", "from sample_code.other import double as twice\n\ntwice(4)"),
    "another scope": (
        "def f():\n    global own\n    own = 4\n    return own\n",
        "from __future__ import annotations\n\ndef f():\n    global own\n    own = 4\n    return own\n\n\nf()",
    ),
    "nothing": ("def f():\n    SIZE\n", SIZE_FIRST + "def f():\n    SIZE\n\n\nf()"),
    "several": (
        "def f():\n    a = math.floor(2.5)\n    return (\n        a,\n        _own(a),\n    )\n",
        "import math\nfrom sample_code.shown import _own\n\na = math.floor(2.5)\n(\n    a,\n    _own(a),\n)",
    ),
    "module": ("def f():\n    return other.half(9)\n", "from sample_code import other\n\nother.half(9)"),
    "tried": (
        "def f():\n    return fractions.Fraction(1, 2)\n",
        "from sample_code.shown import fractions\n\nfractions.Fraction(1, 2)",
    ),
    "prints": (
        'def f():\n    """Says."""\n    for i in range(2):\n        print(i)\n',
        "for i in range(2):\n    print(i)",
    ),
    "inline": ("def f(): return 1\n", "1"),
    "inner": (
        "def f():\n    def g():\n        return 2\n\n    return g()\n",
        "def g():\n    return 2\n\ng()",
    ),
    "early": (
        "def f():\n    if SIZE:\n        return 1\n    return 2\n",
        SIZE_FIRST + "def f():\n    if SIZE:\n        return 1\n    return 2\n\n\nf()",
    ),
    "parameters": (
        "def f(n=SIZE):\n    return n\n",
        SIZE_FIRST + "def f(n=SIZE):\n    return n\n\n\nf()",
    ),
    "recursive": (
        "def f(n=2):\n    return n and f(n - 1)\n",
        "from __future__ import annotations\n\ndef f(n=2):\n    return n and f(n - 1)\n\n\nf()",
    ),
    "ends in a value that is not returned": (
        "def f():\n    [].append(1)\n    len('a')\n",
        "from __future__ import annotations\n\ndef f():\n    [].append(1)\n    len('a')\n\n\nf()",
    ),
    "its own file": ("def f():\n    return bool(__file__)\n", "from sample_code.shown import f\n\nf()"),
}


@pytest.fixture
def package(tmp_path, monkeypatch):
    def write(function):
        folder = tmp_path / "sample_code"
        folder.mkdir()
        (folder / "__init__.py").write_text("")
        (folder / "other.py").write_text("def double(x):\n    return 2 * x\n\n\ndef half(x):\n    return x / 2\n")
        (folder / "shown.py").write_text(MODULE.lstrip("\n") + function)
        monkeypatch.syspath_prepend(tmp_path)
        for name in [name for name in sys.modules if name.partition(".")[0] == "sample_code"]:
            monkeypatch.delitem(sys.modules, name)
        importlib.invalidate_caches()
        return Folder(tmp_path)

    return write


def shown(text):
    """What executing a cell prints, and the value of its last expression."""
    import ast

    tree, names, printed = ast.parse(text), {}, io.StringIO()
    last = (
        ast.Expression(tree.body.pop().value) if isinstance(tree.body[-1], ast.Expr) else ast.parse("None", mode="eval")
    )
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "cell", "exec", dont_inherit=True), names)
        return eval(compile(last, "cell", "eval", dont_inherit=True), names), printed.getvalue()


@pytest.mark.parametrize("function, expected", CASES.values(), ids=CASES.keys())
def test_code_by_itself(package, function, expected):
    folder = package(function)
    symbol = Package.read(folder, "sample_code").find("shown.f")
    text = source(Example(call="sample_code.shown.f()", span=Span("slides/a.md")), symbol, folder)
    assert text == expected
    assert shown(text) == shown("from sample_code.shown import f\nf()")


def test_arguments_and_keys_are_called_as_they_are_written(package):
    folder = package("def f(n):\n    return [n]\n")
    symbol = Package.read(folder, "sample_code").find("shown.f")
    text = source(Example(call="shown.f(7)[0]", span=Span("slides/a.md")), symbol, folder)
    assert text.endswith("def f(n):\n    return [n]\n\n\nf(7)[0]")
    assert shown(text)[0] == 7


def test_a_module_that_cannot_be_read_any_more_is_imported(package):
    folder = package("def f():\n    return 1\n")
    symbol = Package.read(folder, "sample_code").find("shown.f")
    (folder.root / "sample_code" / "shown.py").unlink()
    assert (
        source(Example(call="shown.f()", span=Span("a.md")), symbol, folder) == "from sample_code.shown import f\n\nf()"
    )
