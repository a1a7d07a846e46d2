"""Renders slides as reveal.js sections: columns, attributes, notes and ids, split into header, body and footer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from kejian.core.attributes import Attributes, Value
from kejian.core.model import Slide
from kejian.render import first_paint, grounds, layouts, media, stage
from kejian.render.slide_parts import SlideParts
from kejian.render.stage import Place, Stage

_SECTION = re.compile(r"<(/?)section\b", re.IGNORECASE)  # reveal.js takes any section inside a slide for a slide
_IDS = re.compile(r"""\bid\s*=\s*["']?([^\s"'>]+)""")


def stacks(slides: Iterable[Slide]) -> list[list[Slide]]:
    """Group slides into columns. Vertical slides before any other become columns of their own."""
    columns: list[list[Slide]] = []
    hang = False
    for slide in slides:
        if slide.vertical and hang:
            columns[-1].append(slide)
        else:
            columns.append([slide])
        hang = hang or not slide.vertical
    return columns


class SectionSource(NamedTuple):
    """All that a slide's section is drawn from, but for the deck around it.

    html: of the slide, its holes filled. name: the id that it gets if it has none of its own. place: in the talk, where
    the house shows it. first: the deck begins with it.
    """

    title: str
    html: str
    attributes: Attributes
    name: str
    at: tuple[int, int]
    place: Place | None
    first: bool

    @property
    def written(self) -> tuple[str, ...]:
        """All of it as text, so that two are equal if their texts are."""
        return self.title, self.html, self.name, repr((self.attributes.items, self.at, self.place, self.first))


def sources(slides: Sequence[Slide], fill: Callable[[Slide], str], *, places: bool) -> list[list[SectionSource]]:
    """Return what the sections of all slides are drawn from, by column; `fill` gives a slide's HTML."""
    taken = {name for slide in slides for name in (*_IDS.findall(slide.html), slide.attributes.text("id")) if name}
    columns = stacks(slides)
    known = stage.places(columns) if places else []
    return [
        [
            SectionSource(
                title=slide.title,
                html=fill(slide),
                attributes=slide.attributes,
                name=_name(h, v, taken),
                at=(h, v),
                place=known[h][v] if known else None,
                first=h == v == 0,
            )
            for v, slide in enumerate(column)
        ]
        for h, column in enumerate(columns)
    ]


def section(source: SectionSource, clean: Callable[[str], str], around: Stage | None = None) -> str:
    """Return the section of a slide. `clean` makes the HTML of its notes harmless.

    around: the deck around it, where its slides are the house's, with its layouts and their numbers.
    """
    on = (around, source.place) if around and source.place else None
    html = _section(source.title, source.html, _placed(source, clean), on)
    return html.replace(' class="', ' class="present ', 1) if source.first else first_paint.waiting(html)


def joined(columns: Iterable[Sequence[str]]) -> str:
    """Return the sections of all slides as reveal.js has them; the first column is shown before it has started."""
    return "\n".join(_column(column, first=h == 0) for h, column in enumerate(columns))


def _column(drawn: Sequence[str], *, first: bool) -> str:
    sections = "\n".join(drawn)
    stack = '<section class="present stack">' if first else '<section class="stack">'
    return sections if len(drawn) == 1 else f"{stack}\n{sections}\n</section>"


def _name(h: int, v: int, taken: set[str]) -> str:
    """Return an id like `s3.1`: heading ids contain no dot, though a deck's may."""
    name = f"s{h}.{v}"
    while name in taken:
        name += "."
    return name


def _placed(source: SectionSource, clean: Callable[[str], str]) -> Attributes:
    """Return the attributes of a slide's section."""
    own = source.attributes.without("vertical")
    kept = Attributes(tuple((k, val) for k, val in own.items if not k.lower().startswith("on") and k != "srcdoc"))
    classes = " ".join(dict.fromkeys(["slide", *kept.text("class").split()]))
    h, v = source.at
    values: dict[str, Value] = {"id": kept.text("id") or source.name, "class": classes, "data-h": h, "data-v": v}
    placed = grounds.marked(kept.updated(**values))
    notes = clean(kept.text("data-notes")).strip()
    return placed.updated(data_notes=notes) if notes else placed.without("data-notes")


def _section(title: str, html: str, attributes: Attributes, on: tuple[Stage, Place] | None) -> str:
    drawn = SlideParts(*_divided(media.started_with_slide(html)))
    if on:
        drawn, title, attributes = _staged(drawn, title, attributes, *on)
    elif not _framed(drawn):
        attributes = attributes.updated(**{"class": attributes.text("class") + " bare"})
    label = "" if attributes.text("aria-label") or not title else f' aria-label="{escape(title)}"'
    notes = attributes.text("data-notes")
    aside = f'\n<aside class="notes">{notes}</aside>' if notes else ""
    body = f'<div class="body">\n{drawn.body}</div>'
    return f"<section{attributes.html()}{label}>{drawn.header}\n{body}\n{drawn.footer}{aside}</section>"


def _framed(drawn: SlideParts) -> bool:
    return bool(drawn.footer) or 'class="title"' in drawn.header


def _staged(
    drawn: SlideParts, title: str, attributes: Attributes, around: Stage, place: Place
) -> tuple[SlideParts, str, Attributes]:
    """A slide as its layout has it, with its place in the talk."""
    classes = attributes.text("class")
    layout = layouts.named(attributes)
    if around.titled and layout not in layouts.UNTITLED and not layouts.is_cover(drawn, place, around):
        drawn = layouts.titled(drawn)
    if not layout and classes == "slide":
        layout = layouts.guessed(drawn, title, place, around)
        classes += f" {layout}" if layout else ""
    if not layout and not _framed(drawn):
        classes += " bare"
    drawn = layouts.laid_out(layout, drawn, title, place, around) if layout else drawn
    if layout == stage.COVER:
        title = title or around.lecture
    else:
        footer = stage.footer(drawn.footer, place, around)
        drawn = SlideParts(stage.header(drawn.header, place, title), drawn.body, footer)
    numbers: dict[str, Value] = {"data-number": place.number} if place.number else {}
    return drawn, title, attributes.updated(**{"class": classes, "data-section": place.section, **numbers})


def _divided(html: str) -> tuple[str, str, str]:
    return parts(_SECTION.sub(r"<\1div", html))


def parts(html: str) -> tuple[str, str, str]:
    """Split a slide into the first `div.header`, the rest, and the first `div.footer`, each possibly "".

    They are found at any depth, so that an unclosed `<div>` does not swallow the footer.
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
