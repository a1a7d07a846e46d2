"""A deck as a single file, to mail or to upload: everything that its page loads is embedded.

Links to the index, to the notebook and to other pages are removed, since their targets are not included.
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

from kejian.core.addresses import resolve
from kejian.core.model import Page
from kejian.render import csp, data_urls
from kejian.render.data_urls import bare, is_file
from kejian.render.pages import SHARED

SETTER = f"{SHARED}/single.js"
"""The script that puts files in place which stand in the page once and are shown more than once."""

_LATER = {
    f"{SHARED}/search.js": ("minisearch.js", "find.js", "passages.js"),
    f"{SHARED}/room.js": ("ink.js",),
}
"""What a script loads when it is first used."""

_SHOWING = ("src", "poster", "data-src", "data-background-image")
_FRAMES = ("src", "data-src", "data-background-iframe", "data-background-video")
_LONG = 2048
"""Letters of an address from which it is written only once."""

Find = Callable[[str], bytes | None]
"""The content of a file by its path in the site; `None` where there is none, or none that can be put into a page."""


@dataclass(frozen=True, slots=True)
class SingleFile:
    """The page; files that could not be embedded, and pages no longer linked to, as written."""

    page: Page
    missing: tuple[str, ...]
    unlinked: tuple[str, ...]


def single_path(path: str) -> str:
    """Return the path of the single file for the deck with the page at `path`."""
    return posixpath.splitext(path)[0] + ".single.html"


def single(page: Page, find: Find) -> SingleFile:
    """Convert the deck on `page` to a single file; deterministic."""
    work = _Work(page=page, find=find)
    html = work.html()
    found = (tuple(dict.fromkeys(words)) for words in (work.missing, work.unlinked))
    return SingleFile(Page(single_path(page.path), html.encode()), *found)


@dataclass(slots=True, kw_only=True)
class _Work:
    """A page in progress. texts: of scripts and styles, which are inserted last, as text."""

    page: Page
    find: Find
    missing: list[str] = field(default_factory=list)
    unlinked: list[str] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def html(self) -> str:
        """Return the whole page."""
        tree = LexborHTMLParser(self.page.data.decode())
        for node in tree.css(".corner .home, .corner .notebook, head noscript"):  # a sheet in noscript loads twice
            node.decompose()
        for step in (self._frames, self._links, self._pictures, self._styles, self._scripts, self._policy):
            step(tree)
        token = self._token
        marks = re.compile(rf'<(link|script)([^<>]*) data-text="{token}(\d+)">(?:</script>)?')
        return marks.sub(self._put, tree.html or "")

    @property
    def _token(self) -> str:
        """Return a placeholder that occurs nowhere on the page, since it is a hash of all of it."""
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
        return written if data is None else data_urls.address(written, data)

    def _sheet(self, text: str, base: str) -> str:
        return data_urls.sheet(text, lambda written: self._address(written, base))

    def _frames(self, tree: LexborHTMLParser) -> None:
        """Report frames as missing, since their pages would have to be single files themselves.

        Background videos are missing as well: reveal.js splits their list at commas, which a `data:` URL contains.
        """
        for node in tree.css("iframe, [data-background-iframe], [data-background-video]"):
            self.missing += filter(is_file, (node.attributes.get(name) or "" for name in _FRAMES))

    def _links(self, tree: LexborHTMLParser) -> None:
        """Turn links to files into downloads, and links to other pages into plain text."""
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
        """Embed pictures and media; a file that is used several times is inserted by a script."""
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
                node.attrs[name] = addresses[written].replace(" ", "%20")  # reveal.js puts it into `url()` as it is
        for node in tree.css("[style]"):
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
        self.hashes.append(csp.hash_of(code))

    def _styles(self, tree: LexborHTMLParser) -> None:
        for node in tree.css("style"):
            text = self._sheet(node.text(), self.page.path)
            if text != node.text():
                self._replace_style(tree, node, text)
        for node in tree.css('link[rel="stylesheet"][href]'):
            written = node.attributes.get("href") or ""
            data = self._content(written, self.page.path) if is_file(written) else None
            if data is not None:
                text = self._sheet(data.decode("utf-8", "replace"), resolve(self.page.path, bare(written)))
                del node.attrs["href"]
                del node.attrs["rel"]
                self._mark(node, data_urls.sheet_text(text))

    def _replace_style(self, tree: LexborHTMLParser, node: LexborNode, text: str) -> None:
        marked = tree.create_node("link")
        for name in ("class", "media"):
            if node.attributes.get(name):
                marked.attrs[name] = node.attributes[name]
        self._mark(marked, data_urls.sheet_text(text))
        node.replace_with(marked)

    def _scripts(self, tree: LexborHTMLParser) -> None:
        for node in tree.css("script[src]"):
            written = node.attributes.get("src") or ""
            data = self._content(written, self.page.path) if is_file(written) else None
            if data is not None:
                text = self._script(resolve(self.page.path, bare(written)), data)
                del node.attrs["src"]
                self._mark(node, text)
                self.hashes.append(csp.hash_of(text))

    def _script(self, path: str, data: bytes) -> str:
        """Return a script's text; it is bundled with what it would load on first use."""
        parts = [*(self.find(f"{SHARED}/{name}") or b"" for name in _LATER.get(path, ())), data]
        return data_urls.script_text("\n".join(part.decode("utf-8", "replace") for part in parts))

    def _policy(self, tree: LexborHTMLParser) -> None:
        node = tree.css_first('meta[http-equiv="Content-Security-Policy"]')
        if node:
            node.attrs["content"] = csp.alone(node.attributes.get("content") or "", self.hashes)


def _shown(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, str, str]]:
    """Yield elements that show a file, with the attribute that names it, and its address."""
    for name in _SHOWING:
        for node in tree.css(f"[{name}]"):
            written = node.attributes.get(name) or ""
            if node.tag not in ("script", "iframe") and is_file(written):
                yield node, name, written
