"""What a deck's page says of each slide besides its picture: its title and the speaker's notes, as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kejian.browser.findings import SlideIndex

_BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, pre, blockquote, tr, dt, dd, div"
_BREAK = "\ue003"
"""Stands where a block ends until the text is put together."""


@dataclass(frozen=True, slots=True)
class SlideText:
    """A slide's place, its title, and its notes: a line for each paragraph, formulas as `$TeX$`."""

    place: SlideIndex
    title: str
    notes: str


def slide_texts(page: str) -> Sequence[SlideText]:
    """Return the texts of all slides of a page's HTML, in order."""
    tree = LexborHTMLParser(page.replace(_BREAK, ""))
    return [_text(node) for node in tree.css("main > .slides section.slide")]


def as_markdown(title: str, texts: Sequence[SlideText]) -> str:
    """Return the notes of a deck as Markdown: a heading for each slide, those without notes too."""
    parts = [f"# {title}"]
    for number, one in enumerate(texts, 1):
        parts.append(f"## {number}. {one.title or '…'}")
        parts += [line for line in one.notes.split("\n") if line]
    return "\n\n".join(parts) + "\n"


def _text(slide: LexborNode) -> SlideText:
    attributes = slide.attributes
    place = int(attributes.get("data-h") or 0), int(attributes.get("data-v") or 0)
    notes = [_words(node) for node in slide.css("aside.notes")]
    return SlideText(place, attributes.get("aria-label") or "", "\n".join(filter(None, notes)))


def _words(notes: LexborNode) -> str:
    for formula in notes.css("[data-tex]"):
        formula.replace_with(f"${(formula.attributes.get('data-tex') or '').strip()}$")
    for drawing in notes.css("svg, math, script, style, .provenance"):
        drawing.decompose()
    for block in notes.css(_BLOCKS):
        block.insert_after(_BREAK)
    lines = re.split(f"[{_BREAK}]+", notes.text())
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
