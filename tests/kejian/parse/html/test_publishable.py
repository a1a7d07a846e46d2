"""Which files of a course are published."""

import pytest

from kejian.core.disk.files import Folder
from kejian.parse.html.publishable import ENDINGS, PAGES, PublishPolicy, begins_as_page, wrong_endings

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.fixture
def why(tmp_path):
    def asked(name, data=b"x", **allowed):
        (tmp_path / name).write_bytes(data)
        found = PublishPolicy(**allowed).refusal(name, Folder(tmp_path))
        return found.message + " | " + found.hint if found else ""

    return asked


@pytest.mark.parametrize(
    "name",
    [
        "a.png",
        "A.PNG",
        "a.pdf",
        "a.mp4",
        "a.vtt",
        "a.js",
        "a.txt",
        "a.ipynb",
        "a.csv.gz",
        "a.tar.gz",
        "a.idx3.gz",
        "a.html.png",
        "a.html.txt",
        "a.woff2",
        "图 1.png",
        "a.min.css",
        "v1.2.csv",
    ],
)
def test_files_of_the_usual_kinds_are(why, name):
    assert why(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        "a.html",
        "a.HTM",
        "a.xhtml",
        "a.xml",
        "a.svgz",
        "a.shtml",
        "a.xhtm",
        "a.shtm",
        "a.xbl",
        "a.xslt",
        "a.mhtml",
        "a.hta",
        "a.html.",
        "a.html.gz",
        "a.svg.gz",
        "a.html.1.gz",
        "a.html.npy",
        "a.html;.png",
        "a.php.csv",
    ],
)
def test_pages_are_not(why, name):
    assert "a page of its own" in why(name)
    assert "scripts = true" in why(name)


@pytest.mark.parametrize("name", ["a", "Makefile", ".htaccess", "a.html ", "a.p%6eg", "a%2ehtml", "a.", "a.图"])
def test_file_that_a_browser_would_sniff_as_a_page_is_refused(why, name):
    assert "guess" in why(name)
    assert "rename it, for instance to" in why(name)


def test_other_kinds_are_refused_unless_the_course_lists_them(why):
    assert 'publish = ["stl"]' in why("a.stl")
    assert why("a.stl", more=frozenset({"stl"})) == ""


BEGINNINGS = [
    b"<html>",
    b" \n\t<!DOCTYPE html>",
    b"<script>",
    b"<!-- x -->",
    b"<?xml version='1.0'?>",
    b"\xef\xbb\xbf<P>",
    b"<a href=x>",
    "<script>".encode("utf-16"),
    b"\x0c<STYLE>",
    b"<svg onload=x>",
    b"<br/>",
    b"<b",
]


@pytest.mark.parametrize("data", BEGINNINGS)
@pytest.mark.parametrize("name", ["a.png", "a.txt", "a.csv", "a.md", "a.js", "a.ipynb"])
def test_file_that_begins_as_a_page_is_refused(why, name, data):
    assert "begins as a page" in why(name, data)


@pytest.mark.parametrize("data", [b"", b"\x89PNG", b"<bound method>", b"<h2>", b"a <script>", b"<", b"<-- x", b"<?php"])
def test_other_beginnings_are_fine(data):
    assert not begins_as_page(data)


def test_a_drawing_is_looked_at(why):
    assert why("a.svg", SVG) == ""
    assert "an event handler" in why("a.svg", SVG.replace(b"/>", b" onload='x'/>"))


def test_where_scripts_are_allowed_any_file_is(why):
    for name in ("a.html", "a", "a.stl"):
        assert why(name, b"<html>", scripts=True) == ""


def test_a_file_that_is_not_there_is_not(tmp_path):
    assert "no such file" in PublishPolicy().refusal("a.png", Folder(tmp_path)).message


@pytest.mark.parametrize("name, held", [("a.png", True), ("a.svg", True), ("a.pdf", False), ("a.txt", False)])
def test_what_a_frame_holds(tmp_path, name, held):
    (tmp_path / name).write_bytes(SVG if name == "a.svg" else b"x")
    found = PublishPolicy().framed(name, Folder(tmp_path))
    assert (found is None) == held
    assert held or "link to the file" in found.hint


@pytest.mark.parametrize(
    "endings, scripts, words",
    [
        (("stl", "glb"), False, ""),
        (("html",), True, ""),
        (("html",), False, "browsers run such files"),
        (("xbl",), False, "needs `scripts = true` as well"),
        ((".stl",), False, "without a dot"),
        (("STL",), True, "lower-case"),
        (("tar.gz",), False, "without a dot"),
        (("",), False, "letters and digits"),
    ],
)
def test_the_endings_that_a_course_adds(endings, scripts, words):
    found = wrong_endings(endings, scripts=scripts)
    assert words in found
    assert bool(words) == bool(found)


def test_no_kind_is_a_page():
    assert not ENDINGS & PAGES
