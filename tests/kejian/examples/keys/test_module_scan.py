"""What one module says of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.examples.keys.module_scan import scan


def node(text, name="f"):
    return next(n for n in scan("nets.a", "nets/a.py", text).nodes if n.name == name)


@given(st.text())
def test_any_text_is_a_scan(text):
    assert scan("a", "a.py", text).name == "a"


@given(st.text("import frox.* as(def):\n ,=[]@g", max_size=80))
def test_anything_like_python_is_a_scan(text):
    found = scan("a", "a.py", text)
    assert (found.problem is None) == ("" in {n.name for n in found.nodes if n.digest != found.text_digest})


@pytest.mark.parametrize(
    "text", ["x = " + "1 + " * 900 + "1", "x = " + "-" * 80 + "1", "x = a" + ".b" * 900, "x = 0x" + "f" * 9000]
)
def test_deep_and_long_expressions_are_read(text):
    found = scan("a", "a.py", text)
    assert found.problem is None
    assert found.nodes[0].digest != scan("a", "a.py", text + "1").nodes[0].digest


@pytest.mark.parametrize("text", ["x = " + "1 + " * 100_000 + "1", "(" * 300])
def test_what_is_nested_too_deeply_is_a_problem(text):
    assert scan("a", "a.py", text).problem


@pytest.mark.parametrize(
    "text, module, attribute, loaded",
    [
        ("import x", "x", "", "x"),
        ("import x.y", "x", "", "x.y"),
        ("import x.y as z", "x.y", "", "x.y"),
        ("from x import y", "x", "y", "x"),
        ("from . import y", "nets", "y", "nets"),
        ("from .b import y", "nets.b", "y", "nets.b"),
        ("from x import *", "x", "*", "x"),
    ],
)
def test_an_import_binds_a_name(text, module, attribute, loaded):
    (found,) = scan("nets.a", "nets/a.py", text).imports
    assert (found.module, found.attribute, found.loaded, found.line) == (module, attribute, (loaded,), 1)


def test_an_import_from_above_the_package_binds_nothing():
    assert scan("nets.a", "nets/a.py", "from ... import y").imports == ()
    assert scan("a", "a.py", "from . import y").imports == ()


def test_a_relative_import_starts_at_the_package():
    (found,) = scan("nets.sub", "nets/sub/__init__.py", "from .b import y").imports
    assert found.module == "nets.sub.b"


@pytest.mark.parametrize(
    "text, data",
    [
        ('DATA = "a/*.txt"', ("a/*.txt",)),
        ('DATA: tuple[str, ...] = ("a", "b")', ("a", "b")),
        ('DATA = ["a", other]', ("a",)),
        ("DATA = other()", ()),
        ('def f():\n    DATA = "a"', ()),
    ],
)
def test_declared_data(text, data):
    assert scan("a", "a.py", text).data == data


@pytest.mark.parametrize(
    "text, uses",
    [
        ("def f(): return g(h.i.j)", ("g", "h.i.j")),
        ("def f(g): return g(h().i)", ("h",)),
        ("def f(): return [g for g in h]", ("h",)),
        ("def f():\n    import g.h as k\n    return k.m", ("k.m",)),
        ("def f() -> g: x: h = 1", ()),
        ("@k\ndef f(x: g) -> h: pass", ("g", "h", "k")),
        ("class f:\n    x: g = h\n    def m(self): return self.n + k", ("g", "h", "k")),
        ("f = lambda x: g", ("f", "g")),
    ],
)
def test_names_that_are_global_are_used(text, uses):
    assert node(text).uses == uses


@pytest.mark.parametrize(
    "text, acts",
    [
        ("def f(): return g(1)", False),
        ("def f():\n    x = []\n    x.append(1)", False),
        ("def f(): G.append(1)", True),
        ("def f(): G[0] = 1", True),
        ("def f(): g.h.i = 1", True),
        ("def f():\n    global g\n    g = 1", True),
        ("def f(): return np.random.rand()", True),
        ("def f(): return np.random.default_rng(0)", False),
        ("def f(): return next(G)", True),
        ("def f(): return G.normal()", True),
        ("def f(): return G.reshape(2)", False),
    ],
)
def test_code_that_may_change_what_others_see_acts(text, acts):
    assert node(text).acts is acts


@pytest.mark.parametrize(
    "text, scope, reflects",
    [
        ("def f(): return globals()", "module", False),
        ("def f(): return eval('g')", "module", False),
        ("import importlib as i\ndef f(): return i.import_module('g')", "package", False),
        ("import sys\ndef f(): return sys.modules", "package", False),
        ("import sys\ndef f(): return sys.argv", "", False),
        ("def f(): return g.__doc__", "", True),
        ("def f(): return getattr(g, '__doc__')", "", True),
        ("from inspect import getsource as s\ndef f(): return s(g)", "", True),
        ("def f():\n    import traceback\n    traceback.print_exc()", "", True),
    ],
)
def test_code_that_looks_things_up(text, scope, reflects):
    assert (node(text).scope, node(text).reflects) == (scope, reflects)
