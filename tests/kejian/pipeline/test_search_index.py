"""The search index of a site, as builds leave it."""

import json

import pytest

from kejian.core.disk.store import Store
from kejian.core.model import Page
from kejian.pipeline.build import Options, build
from kejian.pipeline.page_cache import CachedPage, PageCache, kept
from kejian.pipeline.search_index import search_index
from kejian.render import search_text


def data(content):
    return json.loads(content.decode().removeprefix("window.kejian.passages=").removesuffix(";\n"))


def test_every_slide_and_heading_of_the_site_is_in_it(tmp_path):
    files = {
        "slides/a.md": "---\ntitle: 甲\n---\n<!-- slide -->\n\nHEADER 卷积\n\n输出 $a_n$\n\n"
        "<!-- slide data-notes='藏' -->\n\nHEADER 代码\n\n```python\nx = 1\n```\n\nFOOTER3 课程 讲 a@b.c\n",
        "slides/b.md": "# 说明\n\n## 一节\n\n见[课件](a.md)\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    assert build(Options(course=tmp_path, out=tmp_path / "site")).diagnostics == ()
    found = data((tmp_path / "site/_kejian/passages.js").read_bytes())
    assert found["pages"] == [["slides/a.html", "甲", 1], ["slides/b.html", "b", 0]]
    assert found["passages"] == [
        [0, "s0.0", "卷积", "输出 a_n", 1],
        [0, "s1.0", "代码", "x = 1", 2],
        [1, "说明", "说明", ""],
        [1, "一节", "一节", "见课件"],
    ]


class Site:
    """Pages that a memo keeps, with how often one has been read for the index."""

    def __init__(self, folder, monkeypatch):
        self.memo = PageCache(store=Store(folder), setting="setting", today="2026-11-24")
        self.parsed = []
        read = search_text.passages
        monkeypatch.setattr(search_text, "passages", lambda html: self.parsed.append(html) or read(html))

    def page(self, name, text):
        page = Page(f"{name}.html", f'<main class="page"><p>{text}</p></main>'.encode())
        one = kept(page)
        self.memo.keep(one, page.data)
        return CachedPage(
            source=f"{name}.md",
            page=page.path,
            digest=one.digest,
            size=one.size,
            title=name,
            headings=(),
            slides=0,
            holes=0,
            notes=False,
            characters="",
            aligned="",
            assets=(),
            links=(),
            diagnostics=(),
            reads={},
        )

    def texts(self, *built, fast=False):
        content = self.memo.content(search_index(built, self.memo, fast=fast))
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
    assert site.texts(site.page("a", "一"), fast=True) == ["一"]
    assert site.texts(site.page("a", "二"), fast=True) == ["一"]
    assert site.texts(site.page("a", "二")) == ["二"]
    assert site.texts(site.page("a", "三"), fast=True) == ["二"]


def test_an_index_that_the_cache_lost_is_made_again(site):
    a = site.page("a", "一")
    index = search_index([a], site.memo)
    key = next(p for p in site.memo.store.root.glob("??/*") if b"window.kejian.passages" in p.read_bytes())
    key.unlink()
    assert search_index([a], site.memo) == index
    assert site.memo.content(index)
