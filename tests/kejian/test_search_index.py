"""The search index of a site, as builds leave it."""

import json

import pytest

from kejian.memo import Built, Memo, kept
from kejian.model import Page
from kejian.page import passages
from kejian.pipeline import Options, build
from kejian.search_index import search_index
from kejian.store import Store


def data(content):
    return json.loads(content.decode().removeprefix("window.kejianPassages=").removesuffix(";\n"))


def test_every_slide_and_heading_of_the_site_is_in_it(tmp_path):
    files = {
        "slides/a.md": "---\ntitle: 甲\n---\n<!-- slide -->\n\nHEADER 卷积\n\n输出 $a_n$\n\n"
        "<!-- slide data-notes='藏' -->\n\nHEADER 代码\n\n```python\nx = 1\n```\n\nFOOTER3 课程 讲 a@b.c\n",
        "slides/b.md": "# 说明\n\n## 一节\n\n见[课件](a.md)\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    assert build(Options(tmp_path, tmp_path / "site")).diagnostics == ()
    found = data((tmp_path / "site/_kejian/passages.js").read_bytes())
    assert found["pages"] == [["slides/a.html", "甲", 1], ["slides/b.html", "b", 0]]
    assert found["passages"] == [
        [0, "s0.0", "卷积", "输出 a_n"],
        [0, "s1.0", "代码", "x = 1"],
        [1, "说明", "说明", ""],
        [1, "一节", "一节", "见课件"],
    ]


class Site:
    """Pages that a memo keeps, with how often one has been read for the index."""

    def __init__(self, folder, monkeypatch):
        self.memo = Memo(Store(folder), "setting", "2026-11-24")
        self.parsed = []
        read = passages.passages
        monkeypatch.setattr(passages, "passages", lambda html: self.parsed.append(html) or read(html))

    def page(self, name, text):
        page = Page(f"{name}.html", f'<main class="page"><p>{text}</p></main>'.encode())
        one = kept(page)
        self.memo.keep(one, page.data)
        return Built(f"{name}.md", page.path, one.digest, one.size, name, (), 0, 0, False, "", (), (), (), {})

    def texts(self, *built, quick=False):
        content = self.memo.content(search_index(built, self.memo, quick=quick))
        return [text for *_, text in data(content)["passages"]]


@pytest.fixture
def site(tmp_path, monkeypatch):
    return Site(tmp_path, monkeypatch)


def test_a_page_that_stays_the_same_is_read_once(site):
    a, b = site.page("a", "一"), site.page("b", "二")
    assert site.texts(a, b) == ["一", "二"]
    assert site.texts(a, b) == ["一", "二"]
    assert site.texts(a, site.page("b", "三")) == ["一", "三"]
    assert len(site.parsed) == 3


def test_a_quick_build_takes_what_there_is(site):
    assert site.texts(site.page("a", "一"), quick=True) == ["一"]
    assert site.texts(site.page("a", "二"), quick=True) == ["一"]
    assert site.texts(site.page("a", "二")) == ["二"]
    assert site.texts(site.page("a", "三"), quick=True) == ["二"]


def test_an_index_that_the_cache_lost_is_made_again(site):
    a = site.page("a", "一")
    index = search_index([a], site.memo)
    key = next(p for p in site.memo.store.root.glob("??/*") if b"window.kejianPassages" in p.read_bytes())
    key.unlink()
    assert search_index([a], site.memo) == index
    assert site.memo.content(index)
