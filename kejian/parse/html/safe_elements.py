"""Replaces active elements by inert ones that look the same: `<object data="drawing.svg">` becomes a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kejian.core.addresses import is_remote, path_of
from kejian.parse.html.publishable import PICTURES, ending_of

_OBJECT = re.compile(r"<(?:object|embed)\b", re.IGNORECASE)
_PICTURES = frozenset(f"{PICTURES} svg".split())
_KEPT = ("class", "id", "style", "width", "height", "title", "align")


def pictures(html: str) -> str:
    """Return `html`, one balanced fragment, with each object that shows a picture of the course
    replaced by an `<img>`.
    """
    if not _OBJECT.search(html):
        return html
    tree = LexborHTMLParser(html, is_fragment=True)
    shown = [(node, file) for node in tree.css("object, embed") if (file := _picture(node))]
    for node, file in shown:
        node.replace_with(_image(node, file))
    return (tree.html or "") if shown else html


def _picture(node: LexborNode) -> str:
    """Return the course's picture that an object shows; "" if it shows anything else."""
    written = (node.attributes.get("data" if node.tag == "object" else "src") or "").strip()
    kind = (node.attributes.get("type") or "image/").lower()
    named = ending_of(path_of(written)) in _PICTURES
    return written if named and kind.startswith("image/") and not is_remote(written) else ""


def _image(node: LexborNode, file: str) -> LexborNode:
    image = LexborHTMLParser("<img>", is_fragment=True).css_first("img")
    assert image is not None
    image.attrs["src"] = file
    for key, value in _attributes(node):
        image.attrs[key] = value
    return image


def _attributes(node: LexborNode) -> Iterator[tuple[str, str]]:
    """Yield the attributes to keep, and `alt` from its label or fallback text."""
    found = node.attributes
    yield from ((key, value) for key in _KEPT if (value := found.get(key)))
    inner = node.css_first("img")
    said = found.get("aria-label") or (inner.attributes.get("alt") if inner else "") or " ".join(node.text().split())
    if said:
        yield "alt", said
