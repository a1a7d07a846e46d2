"""Frames of other hosts that a course allows: links with a picture, which become frames where there is a network."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

_FRAME = re.compile(r"<iframe\b", re.IGNORECASE)
_KEPT = ("class", "id", "style", "data-fragment-index")


def origin(address: str) -> str:
    """Return the scheme and the host of an address, such as `https://example.org`; "" if it has none by HTTPS."""
    try:
        parts = urlsplit(address.strip())
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # a port that is none
        return ""
    return f"https://{parts.hostname}{port}" if parts.scheme == "https" and parts.hostname else ""


def links(html: str, allowed: Collection[str]) -> str:
    """Return `html`, one balanced fragment, with each frame of an allowed origin replaced by a link to its address.

    The script `frames.js` shows the frame in its place, while its slide is shown.
    """
    if not (allowed and _FRAME.search(html)):
        return html
    tree = LexborHTMLParser(html, is_fragment=True)
    shown = [node for node in tree.css("iframe") if origin(_address(node)) in allowed]
    for node in shown:
        node.replace_with(_link(node))
    return (tree.html or "") if shown else html


def asked(html: str) -> str:
    """Return the origin of the first frame of another host in `html`; "" if there is none."""
    if not _FRAME.search(html):
        return ""
    frames = LexborHTMLParser(html, is_fragment=True).css("iframe")
    return next(filter(None, (origin(_address(node)) for node in frames)), "")


def _address(node: LexborNode) -> str:
    return (node.attributes.get("src") or node.attributes.get("data-src") or "").strip()


def _link(node: LexborNode) -> LexborNode:
    given = node.attributes
    link = LexborHTMLParser('<a class="kj-frame"><span></span></a>', is_fragment=True).css_first("a")
    assert link is not None
    link.attrs["href"] = _address(node)
    for key in _KEPT:
        if value := given.get(key):
            link.attrs[key] = f"kj-frame {value}" if key == "class" else value
    sizes = "".join(f"{key}: {value}px; " for key in ("width", "height") if (value := given.get(key) or "").isdecimal())
    if sizes:
        link.attrs["style"] = f"{sizes}{given.get('style') or ''}".strip()
    words = link.css_first("span")
    assert words is not None
    words.insert_child(given.get("title") or urlsplit(_address(node)).hostname or "")
    if poster := given.get("poster") or given.get("data-poster"):
        words.insert_before(_picture(poster))
    return link


def _picture(poster: str) -> LexborNode:
    image = LexborHTMLParser('<img alt="">', is_fragment=True).css_first("img")
    assert image is not None
    image.attrs["src"] = poster
    return image
