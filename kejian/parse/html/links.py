"""Rewrites the pictures, media and links of a slide relative to its page, or replaces them by a labelled box."""

from __future__ import annotations

import posixpath
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kejian.core import addresses
from kejian.core.addresses import is_remote, path_of
from kejian.core.disk.files import FileAccessError
from kejian.parse.html import sanitize
from kejian.parse.html.lookup import MARKDOWN, Lookup, TargetProblem, page_path
from kejian.parse.html.read_by_scripts import ATTRIBUTES, OPTIONS, SLIDE, Kind

__all__ = ["MARKDOWN", "TargetProblem", "Targets", "page_path"]

_READ = ",".join(f"[{name}]" for name in ATTRIBUTES)
_WANTED = re.compile(rf"<(?:img|a|video|audio|source|track|style)\b|\b(?:{'|'.join(ATTRIBUTES)})\s*=", re.IGNORECASE)
# What reveal.js takes for a picture in the short form. Blanks are normalised before, so that both agree.
_SHORT = re.compile(r"^(?:http|file|//)|\.(?:svg|png|jpe?g|gif|bmp|webp)(?:[?# ]|$)", re.IGNORECASE)
_NESTED = re.compile(r"\bdata-notes\s*+=", re.IGNORECASE)
_BLANKS = re.compile(r"[\x00-\x20\x7f\x85\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]+")


@dataclass(frozen=True, slots=True)
class Targets(Lookup):
    """Rewrites the targets on the slides of one deck."""

    def rewritten(self, html: str) -> str:
        """Return `html`, one balanced fragment, with its targets rewritten; problems are added to `findings`."""
        if not _WANTED.search(html):
            return html
        tree = LexborHTMLParser(html, is_fragment=True)
        changed = [self._sheet(node) for node in tree.css("style")]
        changed += [self._read(node) for node in tree.css(_READ)]
        changed += [self._element(node) for node in tree.css("img, a[href], video, audio, source, track")]
        return tree.html or "" if any(changed) else html

    def attribute(self, key: str, value: str) -> tuple[str, str] | None:
        """Return a slide's attribute as it may be published, with background files looked up; `None` to omit it."""
        key = key.lower()
        kind = SLIDE.get(key)
        if kind == "short":
            return self._short(value)
        return (key, value) if kind is None else self._kept(key, _READING[kind](self, value))

    def option(self, key: str, value: object) -> object:
        """Return the value of a reveal.js setting as it may be published; `None` to omit it."""
        kind = OPTIONS.get(key)
        if kind is None or value is None or isinstance(value, bool | int | float):
            return None if kind == "nothing" else value
        if kind == "css":
            return value if all(self.style(text) or not text for text in _texts(value)) else None
        return (_READING[kind](self, value) if isinstance(value, str) else "") or None

    def _short(self, value: str) -> tuple[str, str] | None:
        """Translate the short form of a background to the long form."""
        value = _BLANKS.sub(" ", value).strip()
        if _SHORT.search(value):
            return self._kept("data-background-image", self.pictures(value))
        return self._kept("data-background", self.style(value))

    @staticmethod
    def _kept(key: str, value: str) -> tuple[str, str] | None:
        return (key, value) if value else None

    def _sheet(self, node: LexborNode) -> bool:
        kept = self.style(node.text())
        if not kept:
            node.decompose()
        return not kept

    def _read(self, node: LexborNode) -> bool:
        """Rewrite attributes that scripts read; return whether any changed."""
        changed = False
        for key, written in list(node.attributes.items()):
            kind = ATTRIBUTES.get(key)
            if kind is None or not (written or kind == "opened" or kind == "nothing"):
                continue
            found = self._opened(node, written or "") if kind == "opened" else _READING[kind](self, written or "")
            changed = changed or found != written
            if found or kind == "opened":
                node.attrs[key] = found
            else:
                del node.attrs[key]
                changed = True
        return changed

    def _opened(self, node: LexborNode, written: str) -> str:
        """Return the target of a link that opens in a frame; a page that may not be framed opens by itself."""
        href = node.attributes.get("href") or ""
        shown = written if written.lower().startswith("http") else href
        return "" if written != "false" and shown and not is_remote(shown) and self.framed(shown) else "false"

    def _notes(self, html: str) -> str:
        """Sanitize speaker notes of a slide or of a fragment, which the speaker's window inserts as HTML."""
        found = sanitize.clean(html) if not self.publishing.scripts else html
        return self.rewritten(_NESTED.sub("data-note=", found))

    def _element(self, node: LexborNode) -> bool:
        return _ELEMENTS[node.tag or ""](self, node)

    def _image(self, node: LexborNode) -> bool:
        written = node.attributes.get("src")
        if written is None:
            node.attrs["alt"] = node.attributes.get("alt") or ""  # a logo drawn by CSS has no file
            return True
        found = self.file(written, "picture")
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
                node.attrs[key] = self.file(written, "media file") or ""
        return True

    def _captions(self, node: LexborNode) -> bool:
        """Put captions into the page itself: one that is opened from a folder may read no file beside it."""
        written = node.attributes.get("src") or ""
        path = self.path(written, "media file") if written else None
        node.attrs["src"] = self._written(path) if path else ""
        return True

    def _written(self, path: str) -> str:
        try:
            data = self.folder.data(path) if path.lower().endswith(".vtt") else b""
        except FileAccessError:  # larger than what is read into memory
            data = b""
        held = 0 < len(data) <= _CAPTIONS
        return f"data:text/vtt;base64,{b64encode(data).decode()}" if held else addresses.address(path, self.deck)

    def _link(self, node: LexborNode) -> bool:
        written = node.attributes.get("href") or ""
        name, mark, anchor = written.partition("#")
        if not name or is_remote(written):
            return False
        page = self.page(name)
        if page:
            self.linked.append(page)
            node.attrs["href"] = addresses.address(page_path(page), self.deck) + mark + anchor
            return True
        if made := self.made(name):
            node.attrs["href"] = addresses.address(made, self.deck) + mark + anchor
            return True
        found = self.file(name, "link target")
        if found:
            node.attrs["href"] = found + mark + anchor
        return bool(found)


_READING: Mapping[Kind, Callable[[Targets, str], str]] = {
    "file": lambda targets, written: targets.file(written, "media file") or "",
    "behind": lambda targets, written: targets.file(written, "background") or "",
    "pictures": Targets.pictures,
    "films": Targets.films,
    "frame": Targets.frame,
    "css": Targets.style,
    "html": Targets._notes,  # noqa: SLF001 -- the table of this class's own methods
    "opened": lambda _, __: "",
    "nothing": lambda _, __: "",
    "short": lambda targets, written: (targets._short(written) or ("", ""))[1],  # noqa: SLF001 -- as above
}
_ELEMENTS: Mapping[str, Callable[[Targets, LexborNode], bool]] = {
    "img": Targets._image,  # noqa: SLF001
    "a": Targets._link,  # noqa: SLF001
    **dict.fromkeys(("video", "audio", "source"), Targets._media),  # noqa: SLF001
    "track": Targets._captions,  # noqa: SLF001
}

_CAPTIONS = 256 * 2**10
"""Bytes of captions that a page holds: those of a whole day."""


_LONGEST = 60
"""Characters of a file's name that stand for a picture without words."""


def _texts(value: object) -> list[str]:
    """Return all strings in a setting, at any depth."""
    if isinstance(value, dict):
        return [text for one in value.items() for part in one for text in _texts(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []


def _box(written: str, picture: LexborNode) -> LexborNode:
    """Make a labelled placeholder with the picture's classes and style, so that the layout can be judged."""
    tree = LexborHTMLParser('<span class="missing" role="img"></span>', is_fragment=True)
    box = tree.css_first("span")
    assert box is not None
    for key in ("class", "style", "width", "height", "id"):
        value = picture.attributes.get(key)
        if value:
            box.attrs[key] = f"missing {value}" if key == "class" else value
    name = posixpath.basename(unquote(path_of(written)).rstrip("/"))
    box.attrs["aria-label"] = label = picture.attributes.get("alt") or name[-_LONGEST:] or "?"
    box.insert_child(label)
    return box
