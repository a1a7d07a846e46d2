"""The closed world of examples: symbols, and exact keys."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core.diagnostics import Severity
from kejian.core.disk.files import Folder
from kejian.examples.keys.package import KeyPart, Package, changes, is_example, key


def write(root, files):
    """The package `nets` below `root`, with these texts and no others."""
    for path in sorted((root / "nets").rglob("*.py")):
        path.unlink()
    for path, text in files.items():
        target = root / "nets" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return Package.read(Folder(root), "nets")


def digests(package):
    return {symbol.name: key(package, symbol, {"seed": "0"}).digest for symbol in package.examples()}


def changed(root, before, after):
    """The examples whose key differs between two versions of the package."""
    old, new = digests(write(root, before)), digests(write(root, before | after))
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


# Symbols


def test_a_symbol_is_found_by_its_name_by_its_path_and_where_it_is_exported_again(tmp_path):
    read = write(
        tmp_path, {"__init__.py": "from .lenet import summary\n", "lenet.py": "\n\ndef summary():\n    pass\n"}
    )
    found = read.find("lenet.summary")
    assert (found.name, found.path, found.line, found.kind) == ("lenet.summary", "nets/lenet.py", 3, "function")
    others = [read.find("nets.lenet.summary"), read.find("nets/lenet.py", "summary"), read.find("nets.summary")]
    assert others == [found] * 3


def test_the_only_function_of_a_module_has_no_other_name(tmp_path):
    texts = {"__init__.py": "from .lenet import summary as shown\n", "lenet.py": '"""One."""\n\ndef summary(): pass\n'}
    read = write(tmp_path, texts)
    assert [read.find(name) for name in ("lenet.sumary", "lenet.other", "lenet.summary.more")] == [None] * 3
    assert read.find("nets/lenet.py", "other") is None
    assert read.find("nets.shown") == read.find("lenet.summary")


def test_a_name_that_is_not_there_has_neighbours(tmp_path):
    read = write(tmp_path, {"lenet.py": "def summary(): pass\ndef _summary(): pass\nclass Summary: pass\n"})
    assert [read.find(name) for name in ("lenet.sumary", "lenet", "", ".", "nets", "other.summary")] == [None] * 6
    assert read.nearest("lenet.sumary")[0] == "lenet.summary"
    assert "lenet.summary" in read.nearest("vgg.summary")
    assert read.nearest("convolution") == []


@pytest.mark.parametrize(
    "definition, runs",
    [
        ("def f(): pass", True),
        ("def f(a=1, *b, c=2, **d): pass", True),
        ("@cache\ndef f(): pass", True),
        ("def f(a): pass", False),
        ("def f(*, a): pass", False),
        ("async def f(): pass", True),
        ("async def f(a): pass", False),
        ("async def f(): yield", False),
        ("class f: pass", False),
        ("f = 1", False),
    ],
)
def test_an_example_needs_no_arguments(tmp_path, definition, runs):
    assert is_example(write(tmp_path, {"a.py": definition}).find("a.f")) is runs


def test_names_with_an_underscore_are_not_examples(tmp_path):
    assert write(tmp_path, {"a.py": "def _f(): pass\ndef g(): pass"}).examples() == (
        write(tmp_path, {"a.py": "def _f(): pass\ndef g(): pass"}).find("a.g"),
    )


@pytest.mark.parametrize("text", [b"def f(:\n    pass\n", b"def f():\n    nonlocal x\n", b"\0", b"(" * 5000, b"\xff"])
def test_a_module_that_is_not_python_is_an_error_and_others_are_read(tmp_path, text):
    write(tmp_path, {"good.py": "from .bad import x\ndef f(): x()\ndef g(): pass\n", "other.py": "def h(): pass\n"})
    (tmp_path / "nets" / "bad.py").write_bytes(text)
    broken = Package.read(Folder(tmp_path), "nets")
    assert [(d.span.path, d.severity) for d in broken.diagnostics] == [("nets/bad.py", Severity.ERROR)]
    assert [symbol.name for symbol in broken.examples()] == ["good.f", "good.g", "other.h"]
    (tmp_path / "nets" / "bad.py").write_text("def x(): pass")
    fixed = Package.read(Folder(tmp_path), "nets")
    assert [s.name for s in fixed.examples() if digests(broken).get(s.name) == digests(fixed)[s.name]] == ["other.h"]


def test_a_course_without_a_package_has_no_examples(tmp_path):
    read = Package.read(Folder(tmp_path), "nets")
    assert (read.examples(), read.find("a.b"), read.nearest("a.b"), read.diagnostics) == ((), None, [], ())


# Which examples a change reaches: any graph of calls, in any style of import

STYLES = (
    "from nets.{m} import {f} as {f}_",
    "from .{m} import {f}",
    "import nets.{m} as {m}_",
    "from . import {m}",
    "from nets import {m} as {m}__",
    "import nets.{m}",
    "from .{m} import *",
    "from . import {f}",
)
CALLS = ("{f}_", "{f}", "{m}_.{f}", "{m}.{f}", "{m}__.{f}", "nets.{m}.{f}", "{f}", "{f}")
REEXPORT = 7


@st.composite
def graphs(draw):
    """Functions 0, 1, … each in a module, and edges between them with a style of import, local or not."""
    count = draw(st.integers(2, 9))
    modules = [draw(st.integers(0, 3)) for _ in range(count)]
    function = st.integers(0, count - 1)
    edge = st.tuples(function, function, st.integers(0, len(STYLES) - 1), st.booleans())
    return modules, draw(st.lists(edge, max_size=14)), draw(function), draw(st.randoms(use_true_random=False))


def source(modules, edges, changed=-1, order=None, noise=""):
    files = {"__init__.py": ""}
    for module in sorted(set(modules)):
        head, bodies = "import nets\n", []
        for f in [i for i, m in enumerate(modules) if m == module]:
            lines = [f"def f{f}():", *([f'    """{noise}"""'] if noise else [])]
            for _, target, style, local in [e for e in edges if e[0] == f]:
                names = {"m": f"m{modules[target]}", "f": f"f{target}"}
                call = CALLS[style].format(**names)
                if modules[target] == module:
                    call = names["f"]
                elif local and "*" not in STYLES[style]:
                    lines.append("    " + STYLES[style].format(**names))
                else:
                    head += STYLES[style].format(**names) + "\n"
                if style == REEXPORT:
                    files["__init__.py"] += f"from .{names['m']} import {names['f']}\n"
                lines.append(f"    {call}()  # {noise}")
            bodies.append("\n".join([*lines, f"    return {-1 if f == changed else f}"]) + "\n")
        if order:
            order.shuffle(bodies)
        files[f"m{module}.py"] = head + f"\n\n# {noise}\n".join(["", *bodies])
    return files


def dependants(modules, edges, target):
    """The functions that reach `target`, by a search that knows nothing of imports."""
    found = {target}
    while new := {f for f, t, _, _ in edges if t in found} - found:
        found |= new
    return {f"m{modules[f]}.f{f}" for f in found}


@given(graphs())
def test_a_change_reaches_exactly_the_examples_that_call_it(graph):
    modules, edges, target, order = graph
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        before = source(modules, edges)
        assert changed(root, before, source(modules, edges, target)) == dependants(modules, edges, target)
        assert changed(root, before, source(modules, edges, order=order, noise="moved")) == set()


# What a key says


FILES = {
    "lenet.py": """
import numpy as np
from . import layers
DATA = "data/*.txt"
SIZE = 28
def summary():
    import tensorflow
    return layers.dense(SIZE), np
def flops(): return 1
""",
    "layers.py": "from PIL import Image\nImage.MAX = 1\ndef dense(n): return n\n",
}


def test_a_key_names_what_it_is_made_of(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.txt").write_text("a")
    read = write(tmp_path, FILES)
    parts = key(read, read.find("lenet.summary"), {"seed": "0", "runner": "1"}).parts
    assert [(part.kind, part.name, part.place) for part in parts] == [
        ("code", "function lenet.summary", "nets/lenet.py:6"),
        ("code", "top level of layers", "nets/layers.py:2"),
        ("code", "function layers.dense", "nets/layers.py:3"),
        ("code", "constant lenet.SIZE", "nets/lenet.py:5"),
        ("package", "PIL", "nets/layers.py:1"),
        ("package", "keras", ""),
        ("package", "numpy", "nets/lenet.py:2"),
        ("package", "tensorflow", "nets/lenet.py:7"),
        ("data", "data/a.txt", "nets/lenet.py:4"),
        ("python", "Python", ""),
        ("setting", "runner", ""),
        ("setting", "seed", ""),
    ]
    assert all(part.value for part in parts)


def test_a_package_that_is_asked_for_by_its_name_counts(tmp_path):
    text = """
from importlib.util import find_spec
WEIGHTS, MODE = "hypothesis", "rb"
def path(): return find_spec(WEIGHTS).origin
def other(): return WEIGHTS
def installed():
    from importlib import metadata
    return metadata.version("pytest")
"""
    read = write(tmp_path, {"a.py": text})
    found = {s.name: [p.name for p in key(read, s, {}).parts if p.kind == "package"] for s in read.examples()}
    assert found == {"a.path": ["hypothesis"], "a.other": [], "a.installed": ["pytest"]}


def test_two_examples_of_the_same_parts_have_different_keys(tmp_path):
    read = write(tmp_path, {"a.py": "def f(n=1): return n and g(0)\ndef g(n=1): return n and f(0)\n"})
    assert len(set(digests(read).values())) == 2


def test_each_setting_counts(tmp_path):
    read = write(tmp_path, {"a.py": "def f(): pass"})
    symbol = read.find("a.f")
    assert len({key(read, symbol, s).digest for s in ({}, {"seed": "0"}, {"seed": "1"}, {"threads": "0"})}) == 4


def test_a_change_is_said_in_words(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.txt").write_text("a")
    read = write(tmp_path, FILES)
    old = key(read, read.find("lenet.summary"), {"seed": "0"})
    (tmp_path / "data" / "a.txt").write_text("b")
    new_layers = FILES["layers.py"] + "\ndef half(n): return n\n"
    read = write(tmp_path, FILES | {"layers.py": new_layers.replace("return n\n", "return half(n)\n", 1)})
    new = key(read, read.find("lenet.summary"), {"seed": "1"})
    assert changes(old.parts, new.parts) == [
        "function layers.dense changed (nets/layers.py:3)",
        "now also uses function layers.half (nets/layers.py:5)",
        "data file data/a.txt changed (nets/lenet.py:4)",
        "setting seed 0 → 1",
    ]


def test_the_course_s_own_package_has_readable_keys():
    read = Package.read(Folder(Path(__file__).parents[4]), "cnn_examples")
    assert read.diagnostics == ()
    found = key(read, read.find("convolution_examples.equations"), {"seed": "0"})
    assert found.parts[0].name == "function convolution_examples.equations"
    assert "function convolution.correlate1d" in [part.name for part in found.parts]
    assert KeyPart("setting", "seed", "0") in found.parts


def test_a_module_that_cannot_be_read_is_an_error_of_all_that_use_it(tmp_path):
    (tmp_path / "nets").mkdir()
    (tmp_path / "nets" / "lenet.py").write_bytes(b"# \xff\ndef summary(): pass\n")
    (found,) = Package.read(Folder(tmp_path), "nets").diagnostics
    assert (found.code, found.span.path, found.severity) == ("example-unreadable", "nets/lenet.py", Severity.ERROR)
    assert "line 1 is not UTF-8" in found.message
