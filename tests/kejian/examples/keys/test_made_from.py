"""The code that an output is made from, with a trace of its run and without."""

import pytest

from kejian.core.disk.files import Folder
from kejian.examples.keys.package import Package
from kejian.examples.keys.trace import Trace

NETS = """
import json
import numpy as np

RATE = 0.5


def train(text):
    if text:
        return json.loads(text)
    return fallback()


def fallback():
    return np.zeros(3)


def unrelated():
    return 1
"""
SHOWN = """
from nets.nets import train


def result():
    return train("[1]")
"""
LOADED = (("nets.shown", "nets/shown.py"), ("nets.nets", "nets/nets.py"))


@pytest.fixture
def package(tmp_path):
    (tmp_path / "nets").mkdir()
    for name, text in {"__init__": "", "nets": NETS, "shown": SHOWN}.items():
        (tmp_path / "nets" / f"{name}.py").write_text(text, "utf-8")
    return Package.read(Folder(tmp_path), "nets")


def code(package, trace=None):
    return [part.name for part in package.parts(package.find("shown.result"), trace) if part.kind == "code"]


def test_without_a_trace_all_that_the_text_reaches_counts(package):
    assert code(package) == ["function shown.result", "function nets.fallback", "function nets.train"]


def test_with_a_trace_a_function_that_has_not_run_does_not_count(package):
    ran = (("nets/shown.py", "result"), ("nets/nets.py", "train"))
    assert code(package, Trace(loaded=LOADED, ran=ran)) == ["function shown.result", "function nets.train"]


def test_a_run_that_was_not_watched_counts_as_its_text(package):
    assert code(package, Trace(loaded=LOADED, whole=True)) == code(package)


def test_a_module_that_was_read_as_text_counts_with_what_it_names(package):
    ran = (("nets/shown.py", "result"), ("nets/nets.py", "train"))
    read = Trace(loaded=LOADED, ran=ran, texts=("nets/nets.py",))
    assert {"function nets.fallback", "constant nets.RATE", "text of nets/nets.py"} <= set(code(package, read))


def test_each_part_says_where_it_is_defined(package):
    places = {part.name: part.place for part in package.parts(package.find("shown.result"))}
    assert places["function shown.result"] == "nets/shown.py:5"
    assert places["function nets.train"] == "nets/nets.py:8"


@pytest.mark.usefixtures("package")
def test_a_function_that_inspects_source_is_made_from_the_text_of_its_modules(tmp_path):
    text = "import inspect\n\n\ndef result():\n    return inspect.getsource(result)\n"
    (tmp_path / "nets" / "shown.py").write_text(text, "utf-8")
    again = Package.read(Folder(tmp_path), "nets")
    assert code(again) == ["function shown.result", "text of nets", "text of shown"]
