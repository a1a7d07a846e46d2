"""A deck as one file, to mail or to put on a learning platform: what its page loads stands in the page itself.

Left out are the way to the index and to the notebook, and links to other pages, which are not there.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kejian.folder import resolve
from kejian.model import Page
from kejian.page import embedded, policy
from kejian.page.embedded import bare, is_file
from kejian.page.render import SHARED

SETTER = f"{SHARED}/single.js"
"""The script that puts files in place which stand in the page once and are shown more than once."""

_LATER = ("minisearch.js", "find.js", "passages.js")
"""What the search loads when it is first used."""

_SHOWING = ("src", "poster", "data-src", "data-background-image", "data-background-video")
_FRAMES = ("src", "data-src", "data-background-iframe")
_STYLE = re.compile(r"(<style[^<>]*>)([^<]*)(?=</style>)")
_LONG = 2048
"""Letters of an address from which it is written only once."""

Find = Callable[[str], bytes | None]
"""The content of a file by its path in the site; `None` where there is none, or none that can be put into a page."""


@dataclass(frozen=True, slots=True)
class Single:
    """The page; the files it should hold and does not, and the pages it no longer links to, each as written."""

    page: Page
    missing: tuple[str, ...]
    unlinked: tuple[str, ...]


def single_path(path: str) -> str:
    """Where the deck with the page at `path` stands as one file."""
    return posixpath.splitext(path)[0] + ".single.html"


def single(page: Page, find: Find) -> Single:
    """The deck on `page` as one file: the same bytes for the same page and files."""
    work = _Work(page, find)
    html = work.html()
    found = (tuple(dict.fromkeys(words)) for words in (work.missing, work.unlinked))
    return Single(Page(single_path(page.path), html.encode()), *found)


@dataclass(slots=True)
class _Work:
    """A page while files are put into it. texts: of scripts and styles, which go in last, as text."""

    page: Page
    find: Find
    missing: list[str] = field(default_factory=list)
    unlinked: list[str] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def html(self) -> str:
        """The whole page."""
        tree = LexborHTMLParser(self.page.data.decode())
        for node in tree.css(".corner .home, .corner .notebook, head noscript"):  # that would load a sheet once more
            node.decompose()
        for step in (self._frames, self._links, self._pictures, self._styles, self._scripts, self._policy):
            step(tree)
        html = _STYLE.sub(lambda style: style[1] + self._sheet(style[2], self.page.path), tree.html or "")
        token = self._token
        marks = re.compile(rf'<(link|script)([^<>]*) data-text="{token}(\d+)">(?:</script>)?')
        return marks.sub(self._put, html)

    @property
    def _token(self) -> str:
        """A name that stands nowhere on the page, since it depends on all of it."""
        return sha256(self.page.data).hexdigest()

    def _mark(self, node: LexborNode, text: str) -> None:
        node.attrs["data-text"] = f"{self._token}{len(self.texts)}"
        self.texts.append(text)

    def _put(self, mark: re.Match[str]) -> str:
        name = "style" if mark[1] == "link" else "script"
        return f"<{name}{mark[2]}>{self.texts[int(mark[3])]}</{name}>"

    def _content(self, written: str, base: str) -> bytes | None:
        data = self.find(resolve(base, bare(written)))
        if data is None:
            self.missing.append(written)
        return data

    def _address(self, written: str, base: str) -> str:
        data = self._content(written, base)
        return written if data is None else embedded.address(written, data)

    def _sheet(self, text: str, base: str) -> str:
        return embedded.sheet(text, lambda written: self._address(written, base))

    def _frames(self, tree: LexborHTMLParser) -> None:
        """Another page inside this one has files of its own and would need to be one file first."""
        for node in tree.css("iframe, [data-background-iframe]"):
            self.missing += filter(is_file, (node.attributes.get(name) or "" for name in _FRAMES))

    def _links(self, tree: LexborHTMLParser) -> None:
        """Files are saved from the page, links to other pages are words."""
        for node in tree.css("main a[href]"):
            written = node.attributes.get("href") or ""
            if not is_file(written):
                continue
            path = resolve(self.page.path, bare(written))
            if path == self.page.path:
                node.attrs["href"] = f"#{written.partition('#')[2]}"
            elif path.endswith(".html"):
                self.unlinked.append(written)
                del node.attrs["href"]
            else:
                node.attrs["href"] = self._address(written, self.page.path)
                node.attrs["download"] = posixpath.basename(path)

    def _pictures(self, tree: LexborHTMLParser) -> None:
        """What elements show; a file that many show is put into place by a script."""
        shown = list(_shown(tree))
        uses = Counter(written for _, _, written in shown)
        addresses = {written: self._address(written, self.page.path) for written in uses}
        often = [written for written in uses if uses[written] > 1 and len(addresses[written]) > _LONG]
        for node, name, written in shown:
            if written in often:
                del node.attrs[name]
                known = node.attributes.get("data-file")
                node.attrs["data-file"] = f"{known} " * bool(known) + f"{name} {often.index(written)}"
            else:
                node.attrs[name] = addresses[written]
        for node in tree.css('[style*="url("]'):
            node.attrs["style"] = self._sheet(node.attributes.get("style") or "", self.page.path)
        main = tree.css_first("main")
        if often and main:
            self._set_files(tree, main, [addresses[written] for written in often])

    def _set_files(self, tree: LexborHTMLParser, main: LexborNode, files: list[str]) -> None:
        script = self.find(SETTER)
        assert script is not None
        code = script.decode()
        for text, kind in ((code, ""), (json.dumps(files).replace("<", "\\u003c"), "application/json")):
            node = tree.create_node("script")
            if kind:
                node.attrs["type"] = kind
                node.attrs["id"] = "kejian.files"
            self._mark(node, text)
            main.insert_after(node)  # a copy of it
        self.hashes.append(policy.hash_of(code))

    def _styles(self, tree: LexborHTMLParser) -> None:
        for node in tree.css('link[rel="stylesheet"][href]'):
            written = node.attributes.get("href") or ""
            data = self._content(written, self.page.path) if is_file(written) else None
            if data is not None:
                text = self._sheet(data.decode("utf-8", "replace"), resolve(self.page.path, bare(written)))
                del node.attrs["href"]
                del node.attrs["rel"]
                self._mark(node, embedded.sheet_text(text))

    def _scripts(self, tree: LexborHTMLParser) -> None:
        for node in tree.css("script[src]"):
            written = node.attributes.get("src") or ""
            data = self._content(written, self.page.path) if is_file(written) else None
            if data is not None:
                text = self._script(resolve(self.page.path, bare(written)), data)
                del node.attrs["src"]
                self._mark(node, text)
                self.hashes.append(policy.hash_of(text))

    def _script(self, path: str, data: bytes) -> str:
        """A script's text; the search brings along what it would load at first use."""
        more = _LATER if path == f"{SHARED}/search.js" else ()
        parts = [*(self.find(f"{SHARED}/{name}") or b"" for name in more), data]
        return embedded.script_text("\n".join(part.decode("utf-8", "replace") for part in parts))

    def _policy(self, tree: LexborHTMLParser) -> None:
        node = tree.css_first('meta[http-equiv="Content-Security-Policy"]')
        if node:
            node.attrs["content"] = policy.alone(node.attributes.get("content") or "", self.hashes)


def _shown(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, str, str]]:
    """Elements that show a file, with the attribute that names it, and its address."""
    for name in _SHOWING:
        for node in tree.css(f"[{name}]"):
            written = node.attributes.get(name) or ""
            if node.tag not in ("script", "iframe") and is_file(written):
                yield node, name, written
