"""Slides as reveal.js sections: stacked, with their attributes, notes and ids, cut into header, body and footer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape

from selectolax.lexbor import LexborHTMLParser

from kejian.attributes import Attributes, Value
from kejian.model import Slide
from kejian.page import opening

_SECTION = re.compile(r"<(/?)section\b", re.IGNORECASE)  # reveal.js takes any section inside a slide for a slide
_IDS = re.compile(r"""\bid\s*=\s*["']?([^\s"'>]+)""")

Draw = Callable[[Slide], str]


def stacks(slides: Iterable[Slide]) -> list[list[Slide]]:
    """The slides by column. Vertical slides before any other have nothing to hang on and are columns of their own."""
    columns: list[list[Slide]] = []
    hang = False
    for slide in slides:
        if slide.vertical and hang:
            columns[-1].append(slide)
        else:
            columns.append([slide])
        hang = hang or not slide.vertical
    return columns


def sections(slides: Sequence[Slide], fill: Draw, clean: Callable[[str], str]) -> str:
    """The sections of all slides. `fill` gives a slide's HTML; `clean` makes the HTML of its notes harmless."""
    taken = {name for slide in slides for name in (*_IDS.findall(slide.html), slide.attributes.text("id")) if name}
    return "\n".join(
        _column(
            [_section(s.title, fill(s), _placed(s, h, v, taken, clean)) for v, s in enumerate(column)], first=h == 0
        )
        for h, column in enumerate(stacks(slides))
    )


def _column(drawn: Sequence[str], *, first: bool) -> str:
    """The sections of a column; the first slide of all is the one to show before reveal.js has started."""
    start = drawn[0].replace(' class="', ' class="present ', 1) if first else opening.waiting(drawn[0])
    sections = "\n".join([start, *map(opening.waiting, drawn[1:])])
    stack = '<section class="present stack">' if first else '<section class="stack">'
    return sections if len(drawn) == 1 else f"{stack}\n{sections}\n</section>"


def _placed(slide: Slide, h: int, v: int, taken: set[str], clean: Callable[[str], str]) -> Attributes:
    """The attributes of the slide's section. An id is `s3.1`: heading ids never hold a dot, a deck's own ids may."""
    own = slide.attributes.without("vertical")
    kept = Attributes(tuple((k, val) for k, val in own.items if not k.lower().startswith("on") and k != "srcdoc"))
    classes = " ".join(dict.fromkeys(["slide", *kept.text("class").split()]))
    name = f"s{h}.{v}"
    while not kept.text("id") and name in taken:
        name += "."
    values: dict[str, Value] = {"id": kept.text("id") or name, "class": classes, "data-h": h, "data-v": v}
    placed = kept.updated(**values)
    notes = clean(kept.text("data-notes")).strip()
    return placed.updated(data_notes=notes) if notes else placed.without("data-notes")


def _section(title: str, html: str, attributes: Attributes) -> str:
    header, body, footer = _divided(html)
    if not (footer or 'class="title"' in header):
        attributes = attributes.updated(**{"class": attributes.text("class") + " bare"})
    label = "" if attributes.text("aria-label") or not title else f' aria-label="{escape(title)}"'
    notes = attributes.text("data-notes")
    aside = f'\n<aside class="notes">{notes}</aside>' if notes else ""
    return f'<section{attributes.html()}{label}>{header}\n<div class="body">\n{body}</div>\n{footer}{aside}</section>'


@lru_cache(maxsize=1024)
def _divided(html: str) -> tuple[str, str, str]:
    return parts(_SECTION.sub(r"<\1div", html))


def parts(html: str) -> tuple[str, str, str]:
    """The first `div.header`, what is in neither, and the first `div.footer` of a slide, each possibly empty.

    They are found wherever they stand, so that a `<div>` an author forgot to close does not swallow the footer.
    """
    if "header" not in html and "footer" not in html:
        return "", html, ""
    body = LexborHTMLParser(f"<!DOCTYPE html><body>{html}").body
    assert body is not None
    found = []
    for name in ("header", "footer"):
        node = body.css_first(f"div.{name}")
        found.append((node.html or "") if node else "")
        if node:
            node.decompose()
    return found[0], body.inner_html or "", found[1]
