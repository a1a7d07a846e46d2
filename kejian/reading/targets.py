"""Pictures, media and links of a slide: found, made relative to the page, or replaced by a labelled box."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kejian.folder import Folder, Unreadable, is_remote, resolve
from kejian.reading.active import acting
from kejian.reading.styles import leaving

_WANTED = re.compile(
    r"<(?:img|a|video|audio|source|track|style)\b|\b(?:style|data-(?:src|preview-\w+))=", re.IGNORECASE
)
_BACKGROUNDS = ("data-background-image", "data-background-video", "data-background-iframe")
_LOADED = ("data-src", "data-preview-image", "data-preview-video", "data-preview-link")
"""What reveal.js loads when the element is near, or clicked."""
# What reveal.js takes for a picture in the short form.
_SHORT = re.compile(r"^(?:http|file|//)|\.(?:svg|png|jpe?g|gif|bmp|webp)(?:[?#\s]|$)", re.IGNORECASE)


MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")


def page_path(path: str) -> str:
    """The page in the site that the Markdown file at `path` becomes."""
    return posixpath.splitext(path)[0] + ".html"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a target, still without its place: `snippet` is how the source spells it."""

    code: str
    snippet: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Targets:
    """Looks targets up for one deck. `linked` collects the Markdown files it links to: each becomes a page.

    scripts: whether the course allows files that run when a browser opens them.
    """

    deck: str
    folder: Folder
    scripts: bool = False
    assets: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def rewritten(self, html: str) -> str:
        """`html` (one balanced fragment) with its targets looked up; what was wrong is in `findings`."""
        if not _WANTED.search(html):
            return html
        tree = LexborHTMLParser(html, is_fragment=True)
        changed = [self._styled(node) for node in tree.css("style, [style]")]
        changed += [self._loaded(node) for node in tree.css(",".join(f"[{name}]" for name in _LOADED))]
        changed += [self._element(node) for node in tree.css("img, a[href], video, audio, source, track")]
        return tree.html or "" if any(changed) else html

    def attribute(self, key: str, value: str) -> str:
        """The value of a slide's attribute: a background is looked up like a picture, a `style` may have to go."""
        if key == "style":
            return "" if self._leaves(value) else value
        named = key in (*_BACKGROUNDS, *_LOADED) or (key == "data-background" and _SHORT.search(value))
        if not named or re.fullmatch(r"#[0-9a-fA-F]+", value):
            return value
        return self._file(value, "background") or ""

    def _styled(self, node: LexborNode) -> bool:
        """Take away a style that names a file outside of the course."""
        if node.tag == "style":
            left = self._leaves(node.text())
            if left:
                node.decompose()
            return left
        left = self._leaves(node.attributes.get("style") or "")
        if left:
            del node.attrs["style"]
        return left

    def _loaded(self, node: LexborNode) -> bool:
        for key in _LOADED:
            written = node.attributes.get(key)
            if written:
                node.attrs[key] = self._file(written, "media file") or ""
        return True

    def _leaves(self, css: str) -> bool:
        out = leaving(css, self.deck, self.folder)
        if out:
            message = f"a style is left out: it names {out}, which is not in the course"
            self.findings.append(Finding("outside-course", out, message, "keep what a deck uses inside the course"))
        return bool(out)

    def _element(self, node: LexborNode) -> bool:
        return _ELEMENTS[node.tag or ""](self, node)

    def _picture(self, node: LexborNode) -> bool:
        written = node.attributes.get("src")
        if written is None:
            node.attrs["alt"] = node.attributes.get("alt") or ""  # a logo drawn by CSS says nothing
            return True
        found = self._file(written, "picture")
        if found is None:
            node.replace_with(_box(written, node))
            return True
        node.attrs["src"] = found
        if node.attributes.get("alt") is None:
            node.attrs["alt"] = posixpath.splitext(posixpath.basename(written))[0]
        return True

    def _media(self, node: LexborNode) -> bool:
        for key in ("src", "poster"):
            written = node.attributes.get(key)
            if written:
                node.attrs[key] = self._file(written, "media file") or ""
        return True

    def _link(self, node: LexborNode) -> bool:
        written = node.attributes.get("href") or ""
        name, mark, anchor = written.partition("#")
        if not name or is_remote(written):
            return False
        path = resolve(self.deck, name.partition("?")[0])
        if path.lower().endswith(MARKDOWN) and self.folder.has(path):
            self.linked.append(path)
            node.attrs["href"] = self._relative(page_path(path)) + mark + anchor
            return True
        found = self._file(name, "link target")
        if found:
            node.attrs["href"] = found + mark + anchor
        return bool(found)

    def _file(self, written: str, kind: str) -> str | None:
        """The target relative to the page; `None`, and a finding, where there is no such file in the course."""
        written = written.strip()
        if written.lower().startswith("data:"):
            return written
        if is_remote(written):
            message = f"the {kind} {written} is not in the course; a published page asks no other host"
            self.findings.append(Finding(f"remote-{_slug(kind)}", written, message, "download it into the course"))
            return None
        path = resolve(self.deck, written.partition("?")[0].partition("#")[0])
        try:
            real = self.folder.real(path)
        except Unreadable as e:
            self.findings.append(Finding("outside-course", written, f"the {kind} {written}: {e}", e.hint))
            return None
        if not self.folder.has(path):
            hint = (
                "is the path right? It is relative to the deck" if not _is_folder(real) else "name a file in the folder"
            )
            self.findings.append(Finding(f"missing-{_slug(kind)}", written, f"the {kind} {written} is missing", hint))
            return None
        why = None if self.scripts else acting(path, self.folder)
        if why:
            self.findings.append(Finding("active-file", written, f"the {kind} {written}: {why.message}", why.hint))
            return None
        self.assets.append(path)
        return self._relative(path)

    def _relative(self, path: str) -> str:
        return quote(posixpath.relpath(path, posixpath.dirname(self.deck) or "."), safe="/@:+,;=~!$&'()*")


_ELEMENTS: Mapping[str, Callable[[Targets, LexborNode], bool]] = {
    "img": Targets._picture,  # noqa: SLF001 -- the table of this class's own methods
    "a": Targets._link,  # noqa: SLF001
    **dict.fromkeys(("video", "audio", "source", "track"), Targets._media),  # noqa: SLF001
}


def _is_folder(real: Path) -> bool:
    with suppress(OSError):  # a name can be too long to ask for
        return real.is_dir()
    return False


def _slug(kind: str) -> str:
    return kind.replace(" ", "-")


def _box(written: str, picture: LexborNode) -> LexborNode:
    """A labelled placeholder that keeps the picture's classes and style, so that the layout can be judged."""
    tree = LexborHTMLParser('<span class="missing" role="img"></span>', is_fragment=True)
    box = tree.css_first("span")
    assert box is not None
    for key in ("class", "style", "width", "height", "id"):
        value = picture.attributes.get(key)
        if value:
            box.attrs[key] = f"missing {value}" if key == "class" else value
    box.attrs["aria-label"] = label = picture.attributes.get("alt") or written
    box.insert_child(label)
    return box
