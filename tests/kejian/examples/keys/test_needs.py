"""What an output is made from besides code: packages, declared data, and what a run has looked at."""

import re

import pytest

from kejian.core.disk.files import Folder
from kejian.examples.keys.package import Package
from kejian.examples.keys.trace import Trace

TEXT = """
import markdown_it
from pathlib import Path

DATA = ("data/*.csv",)


def result():
    import iniconfig

    return markdown_it, iniconfig, __import__("mdurl"), Path("data/x.csv").read_text()
"""
LOADED = (("nets.shown", "nets/shown.py"),)


@pytest.fixture
def package(tmp_path):
    for path, text in {"nets/__init__.py": "", "nets/shown.py": TEXT, "data/x.csv": "1", "data/y.csv": "2"}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return Package.read(Folder(tmp_path), "nets")


def needs(package, trace=None):
    return [(p.kind, p.name, p.place) for p in package.needs(package.find("shown.result"), trace)]


def test_packages_say_the_line_that_names_them_and_data_the_line_that_declares_it(package):
    assert needs(package) == [
        ("package", "iniconfig", "nets/shown.py:9"),
        ("package", "markdown_it", "nets/shown.py:2"),
        ("package", "mdurl", "nets/shown.py:8"),
        ("data", "data/x.csv", "nets/shown.py:5"),
        ("data", "data/y.csv", "nets/shown.py:5"),
    ]


@pytest.mark.usefixtures("package")
def test_a_string_that_names_no_installed_package_is_none(tmp_path):
    (tmp_path / "nets" / "shown.py").write_text(TEXT.replace('"mdurl"', '"nobody_ships_this"'), "utf-8")
    assert "nobody_ships_this" not in str(needs(Package.read(Folder(tmp_path), "nets")))


def test_what_a_run_has_read_is_told_once(package):
    seen = Trace(loaded=LOADED, ran=(("nets/shown.py", "result"),), reads=("data/x.csv",), tested=("data/z.csv",))
    found = needs(package, seen)
    assert [row for row in found if row[1] == "data/x.csv"] == [("data", "data/x.csv", "nets/shown.py:5")]
    assert ("file", "data/z.csv", "") in found


def test_values_are_versions_and_digests_of_today(package, tmp_path):
    symbol = package.find("shown.result")
    before = {p.name: p.value for p in package.needs(symbol)}
    assert re.search(r"\d+\.\d+", before["markdown_it"])
    (tmp_path / "data" / "x.csv").write_text("3", "utf-8")
    after = {p.name: p.value for p in Package.read(Folder(tmp_path), "nets").needs(symbol)}
    assert [name for name in before if before[name] != after[name]] == ["data/x.csv"]
