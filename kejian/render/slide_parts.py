"""What stands on a slide, in parts: header, body and footer, and what is at the top of the body, one after another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

_BLANK = re.compile(r"^(?:br|hr)$")
_SEEN = re.compile(r"<(?:img|svg|video|audio|iframe|table|math|object|canvas)\b")
_DIAGRAM = re.compile(
    r'<p(?: class="center")?>\s*<svg\b[^<>]*\bclass="[^"]*\bdiagram\b(?:(?!</svg>).)*</svg>\s*</p>', re.DOTALL
)
_HEADING = re.compile(r"^h[1-6]$")


class SlideParts(NamedTuple):
    """A slide's three parts."""

    header: str
    body: str
    footer: str


class BodyPart(NamedTuple):
    """What stands at the top of a body: an element or a text, as `name` and `html`. words: its text."""

    name: str
    html: str
    words: str
    classes: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing of it is seen."""
        return bool(_BLANK.match(self.name)) or (not self.words.strip() and not _SEEN.search(self.html))


def seen(body: str) -> list[BodyPart]:
    """What stands at the top of a body, without what shows nothing."""
    return [part for part in _read(body) if not part.blank]


def is_heading(part: BodyPart) -> bool:
    """Whether a part is a heading."""
    return bool(_HEADING.match(part.name))


def shows_more(part: BodyPart) -> bool:
    """Whether a part has pictures, formulas, tables or the like."""
    return bool(_SEEN.search(part.html))


def inner(part: BodyPart) -> str:
    """What is within an element."""
    return part.html.partition(">")[2].rpartition("<")[0]


def columns(text: str) -> int:
    """The width of the longest line in letters, of which a Chinese one takes two."""
    return max((sum(2 if wide(c) else 1 for c in line.rstrip()) for line in text.splitlines()), default=0)


def wide(char: str) -> bool:
    """Whether a character is as wide as it is high."""
    return unicodedata.east_asian_width(char) in "WF"


def _read(body: str) -> Iterator[BodyPart]:
    root = LexborHTMLParser(f"<!DOCTYPE html><body>{body}").body
    node = root.child if root else None
    while node:
        html = node.html or ""
        if node.tag == "-text":
            yield BodyPart("", escape(node.text()), node.text())
        elif node.tag == "p" and _DIAGRAM.fullmatch(html):
            yield BodyPart("svg", inner(BodyPart("p", html, "")), node.text(), ("diagram",))
        elif node.tag and not node.tag.startswith(("-", "_")):
            classes = tuple((node.attributes.get("class") or "").split())
            yield BodyPart(node.tag, html, node.text(), classes)
        node = node.next
