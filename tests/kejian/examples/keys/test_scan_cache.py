"""Scans kept in the cache are the scans that would be made."""

from pathlib import Path

import pytest

from kejian.core.disk.store import Store
from kejian.examples.keys.module_scan import scan
from kejian.examples.keys.scan_cache import remembered

PACKAGE = Path(__file__).parents[4] / "cnn_examples"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.name)
def test_a_remembered_scan_is_the_same(tmp_path, path):
    scanner, text = remembered(Store(tmp_path)), path.read_text("utf-8")
    first = scanner("cnn_examples.a", path.name, text)
    assert list(tmp_path.glob("??/*"))
    assert first == scanner("cnn_examples.a", path.name, text) == scan("cnn_examples.a", path.name, text)


def test_another_text_is_another_scan(tmp_path):
    scanner = remembered(Store(tmp_path))
    assert scanner("a", "a.py", "def f(): pass") != scanner("a", "a.py", "def g(): pass")
    assert scanner("a", "a.py", "def f(:").problem == scanner("a", "a.py", "def f(:").problem != None  # noqa: E711


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path):
    (tmp_path / "file").touch()
    assert remembered(Store(tmp_path / "file"))("a", "a.py", "x = 1") == scan("a", "a.py", "x = 1")
