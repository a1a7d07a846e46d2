"""Extracts the searchable text of a page: each slide of a deck, each heading of a plain page with the text below it.

It includes prose, code, outputs and text in drawings; formulas as TeX, displayed ones last. It excludes what every
slide repeats (the footer) and what a slide does not show (notes, provenance): a hit there would lead to a slide without
the word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

_UNSHOWN = (
    "aside.notes, .header, .footer, .provenance, .critic.comment, .problem, [hidden], script, style, math, "
    "mjx-assistive-mml"
)
_PHRASING = (
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span strike "
    "strong sub sup time tt u var wbr"
).split()
_HEADINGS = "h1[id], h2[id], h3[id], h4[id], h5[id], h6[id]"
_MARK = "\ue002"
_AT_MARK = re.compile(f"{_MARK}(\\d+){_MARK}")
_LAYOUT = re.compile(r"\\(?:begin|end)\{[^{}]*\}|\\\\|&")
"""What only arranges a formula."""


@dataclass(frozen=True, slots=True)
class SearchPassage:
    """A unit of search results. anchor: the id of its slide or heading, "" for the top of a plain page."""

    anchor: str
    title: str
    text: str
    number: int = 0


def passage(section: str) -> SearchPassage | None:
    """Extract the passage of a slide, of the HTML of its section; `None` if the slide is hidden."""
    node = LexborHTMLParser(section.replace(_MARK, "")).css_first("section.slide")
    return _slide(node) if node and not _hidden(node) else None


def passages(page: str) -> tuple[SearchPassage, ...]:
    """Extract the passages of a page's HTML, in order."""
    tree = LexborHTMLParser(page.replace(_MARK, ""))
    slides = tree.css("main > .slides section.slide")
    if slides:
        return tuple(_slide(node) for node in slides if not _hidden(node))
    main = tree.css_first("main")
    return tuple(_headed(main)) if main else ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A searchable page: its path in the site, its title, whether it is a deck, its passages."""

    path: str
    title: str
    deck: bool
    passages: tuple[SearchPassage, ...]


def script(pages: Iterable[SearchPage]) -> bytes:
    """Return a script that contains the passages of `pages`; deterministic.

    It is a script because a page opened from a folder may not fetch files. It can also be inlined into a page.
    """
    known = list(pages)
    data = {
        "pages": [[page.path, page.title, int(page.deck)] for page in known],
        "passages": [
            [n, one.anchor, one.title, one.text, *([one.number] if one.number else [])]
            for n, page in enumerate(known)
            for one in page.passages
        ],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return f"window.kejian.passages={text};\n".encode("utf-8", "replace")


def _hidden(node: LexborNode) -> bool:
    return node.attributes.get("data-visibility") == "hidden"


def _slide(node: LexborNode) -> SearchPassage:
    attributes = node.attributes
    number = int(attributes.get("data-number") or 0)
    return SearchPassage(attributes.get("id") or "", attributes.get("aria-label") or "", _text(node), number)


def _headed(main: LexborNode) -> Iterator[SearchPassage]:
    headings = [(node.attributes.get("id") or "", _one_line(node.text())) for node in main.css(_HEADINGS)]
    for n, node in enumerate(main.css(_HEADINGS)):
        node.replace_with(f"{_MARK}{n}{_MARK}")
    top, *rest = _AT_MARK.split(_text(main))
    if top.strip():
        yield SearchPassage("", "", top.strip())
    for number, text in zip(rest[::2], rest[1::2], strict=True):
        yield SearchPassage(*headings[int(number)], text.strip())


def _text(node: LexborNode) -> str:
    """Return the readable text of a part of a page, on one line; modifies the part."""
    for one in node.css(_UNSHOWN):
        one.decompose()
    displayed = [_LAYOUT.sub(" ", one.attributes.get("data-tex") or "") for one in node.css(".display[data-tex]")]
    for one in node.css(".display[data-tex]"):
        one.decompose()
    for name, said in (("[data-tex]", "data-tex"), ("svg[aria-label]", "aria-label"), ("img[alt]", "alt")):
        for one in node.css(name):
            one.replace_with(f" {one.attributes.get(said) or ''} ")
    node.unwrap_tags(_PHRASING)
    node.merge_text_nodes()
    return _one_line(" ".join([node.text(separator=" "), *displayed]))


def _one_line(text: str) -> str:
    return " ".join(text.split())
