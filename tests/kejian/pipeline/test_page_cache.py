"""What a build remembers; here the versions that decide whether it still holds. The rest is tested by building."""

from importlib import metadata

import pytest

from kejian.pipeline import page_cache


@pytest.fixture
def generator():
    """The version of what pages are made by, looked at anew each time."""
    yield page_cache.generator.__wrapped__
    page_cache.generator.cache_clear()


@pytest.mark.parametrize("name", page_cache._DRAWN_WITH)
def test_versions_are_those_that_python_tells(name):
    assert page_cache._versions()[name] == metadata.version(name)


def test_another_version_of_a_package_is_another_generator(generator, tmp_path, monkeypatch):
    before = generator()
    (tmp_path / "Markdown_It.py-9.9.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert page_cache._versions()["markdown-it-py"] == "9.9"
    assert generator() != before


def test_an_engine_of_diagrams_that_is_installed_is_another_generator(generator, tmp_path, monkeypatch):
    before = generator()
    (tmp_path / "merman-9.9.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert generator() != before


def test_a_package_that_is_of_no_concern_is_not_another_generator(generator, tmp_path, monkeypatch):
    before = generator()
    (tmp_path / "other-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert generator() == before


def test_where_no_folder_tells_a_version_python_is_asked(generator, monkeypatch):
    before = generator()
    monkeypatch.setattr(page_cache, "_versions", dict)
    assert generator() == before
