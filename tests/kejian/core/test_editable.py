"""Distributions that are installed as a link to a folder."""

import json

import pytest

from kejian.core import editable

URLS = {
    "a link": ({"url": "file:///a%20b/c", "dir_info": {"editable": True}}, "/a b/c"),
    "a copy of a folder": ({"url": "file:///a", "dir_info": {}}, ""),
    "an archive": ({"url": "file:///a.whl", "archive_info": {}}, ""),
    "another machine": ({"url": "https://a/b", "dir_info": {"editable": True}}, ""),
    "another shape": ([1], ""),
    "no text": ({"url": 5, "dir_info": {"editable": True}}, ""),
}


@pytest.mark.parametrize("content, folder", URLS.values(), ids=URLS)
def test_the_source_is_a_local_folder(content, folder):
    assert editable.source(json.dumps(content)) == folder


def test_without_a_readable_file_there_is_none():
    assert editable.source(None) == editable.source("{") == ""


@pytest.fixture
def library(tmp_path):
    """The folder `lib`, which the site-packages `site` link to; its module `lib/nets/a.py`."""
    info = tmp_path / "site" / "nets-1.0.dist-info"
    info.mkdir(parents=True)
    known = {"url": (tmp_path / "lib").as_uri(), "dir_info": {"editable": True}}
    (info / "direct_url.json").write_text(json.dumps(known), "utf-8")
    (tmp_path / "lib" / "nets").mkdir(parents=True)
    (tmp_path / "lib" / "nets" / "a.py").write_text("x = 1", "utf-8")
    return tmp_path


def test_a_digest_changes_with_code_and_with_nothing_else(library):
    places = [str(library / "lib" / "nets")]
    before = editable.digest(places)
    (library / "lib" / "nets" / "notes.txt").write_text("1", "utf-8")
    (library / "lib" / "nets" / "__pycache__").mkdir()
    (library / "lib" / "nets" / "__pycache__" / "b.py").touch()
    assert editable.digest(places) == before
    (library / "lib" / "nets" / "a.py").write_text("x = 2", "utf-8")
    assert editable.digest(places) != before
    assert editable.digest([str(library / "lib" / "nets" / "a.py")]) != editable.digest([])


def test_stamps_change_with_the_code(library):
    course, site = str(library / "course"), str(library / "site")
    before = list(editable.stamps(site, course))
    assert len(before) == 1
    (library / "lib" / "nets" / "a.py").write_text("x = 22", "utf-8")
    assert list(editable.stamps(site, course)) != before


@pytest.mark.parametrize("course", ["lib", "lib/course", "."])
def test_distribution_in_the_course_folder_is_skipped(library, course):
    assert list(editable.stamps(str(library / "site"), str(library / course))) == []


def test_a_folder_that_is_missing_has_none(tmp_path):
    assert list(editable.stamps(str(tmp_path / "no"), "/course")) == []
