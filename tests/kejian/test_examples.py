"""The closed world of examples: symbols, and exact keys."""

from pathlib import Path

import pytest

from kejian.examples import Package, Part, is_example, key
from kejian.folder import Folder


@pytest.fixture
def package(tmp_path):
    """Writes `{path: text}` below the package `nets` and reads it."""

    def write(files):
        for path, text in files.items():
            target = tmp_path / "nets" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return Package.read(Folder(tmp_path), "nets")

    return write


def keys(package):
    return {symbol.name: key(package, symbol, {"seed": "0"}).digest for symbol in package.examples()}


def test_symbols_are_found_by_name_and_by_path(package):
    read = package({"__init__.py": "from .lenet import summary\n", "lenet.py": "\n\ndef summary():\n    pass\n"})
    by_name = read.find("lenet.summary")
    assert (by_name.name, by_name.path, by_name.line, by_name.kind) == ("lenet.summary", "nets/lenet.py", 3, "function")
    assert (
        by_name == read.find("nets.lenet.summary") == read.find("nets/lenet.py", "summary") == read.find("nets.summary")
    )
    assert is_example(by_name)
    assert read.find("lenet.sumary") is None
    assert read.nearest("lenet.sumary") == ["lenet.summary"]


def test_the_course_s_own_package_has_readable_keys():
    read = Package.read(Folder(Path(__file__).parents[2]), "cnn_examples")
    assert read.diagnostics == ()
    found = key(read, read.find("convolution_examples.equations"), {"seed": "0"})
    assert found.parts[0].name == "function convolution_examples.equations"
    assert "function convolution.correlate1d" in [part.name for part in found.parts]
    assert Part("setting", "seed", "0") in found.parts
