"""The layouts of the house's slides, by a class on the slide's mark, and guessed where a slide can be no other.

A layout arranges what the author wrote: it gives names to parts of a slide's body, for the theme's style sheet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kejian.core.attributes import Attributes
from kejian.render import arrangements
from kejian.render.slide_parts import BodyPart, SlideParts, is_heading, seen, shows_more
from kejian.render.stage import CLOSING, COVER, SECTION, Place, Stage

STATEMENT, FIGURE = "statement", "figure"
CODE, COMPARE, DERIVATION = "code-output", "compare", "derivation"
LAYOUTS = (COVER, SECTION, STATEMENT, FIGURE, CODE, COMPARE, DERIVATION, CLOSING)
UNTITLED = (COVER, SECTION, STATEMENT, CLOSING)
"""Those whose headings stand among the rest."""
_TITLE = re.compile(r"\s*(<(h[1-6])\b(?![^<>]*\br-fit-text\b)[^<>]*>(?:(?!</\2>).)*</\2>)(.*)", re.DOTALL)
_CLOSING = re.compile(r"^(?:小结|总结|本讲小结|Summary|Conclusions?)$", re.IGNORECASE)
_FEW, _SHORT = 6, 90
"""Parts of a cover, and letters of each."""
_KINDS = {"ul": "l", "pre": "c"}


def named(attributes: Attributes) -> str:
    """The layout that the slide's mark names, or nothing."""
    return next((name for name in attributes.text("class").split() if name in LAYOUTS), "")


def titled(drawn: SlideParts) -> SlideParts:
    """The slide's parts with a heading at the top of its body as its title, if there is more than headings below."""
    found = None if drawn.header else _TITLE.fullmatch(drawn.body)
    if not found or all(is_heading(part) for part in seen(found[3])):
        return drawn
    return drawn._replace(header=f'<div class="header"><div class="title">{found[1]}</div></div>', body=found[3])


def guessed(drawn: SlideParts, title: str, place: Place, around: Stage) -> str:
    """The layout of a slide whose mark names no class, where it can be no other; else nothing."""
    if is_cover(drawn, place, around):
        return COVER
    parts = seen(drawn.body)
    if not drawn.header or not parts:
        return ""
    kinds = "".join(map(_kind, parts))
    if re.fullmatch(r"p?co[pl]*", kinds) and _beside(parts):
        return CODE
    if re.fullmatch(r"p?fp?", kinds):
        return FIGURE
    last = place.number == place.total > 1
    return CLOSING if last and kinds == "l" and _CLOSING.match(title) else ""


def _kind(part: BodyPart) -> str:
    if part.name == "p" and "formula display" not in part.html and "<img" not in part.html:
        return "p"
    if part.name in _KINDS:
        return _KINDS[part.name]
    if part.name == "svg" and "diagram" in part.classes:
        return "f"
    if part.name == "div" and "output" in part.classes:
        return "f" if "output-picture" in part.html and "<pre" not in part.html else "o"
    return "x"


def is_cover(drawn: SlideParts, place: Place, around: Stage) -> bool:
    """Whether this is a first slide of headings alone, of which one is the lecture's title; or, where headings are
    titles, one that begins with the title and has a few short lines.
    """
    if place.number != 1 or drawn.footer:
        return False
    parts = seen(drawn.body)
    heads = [part.words.strip() for part in parts if is_heading(part)]
    if len(heads) == len(parts):
        return around.lecture in heads
    few = not drawn.header and place.total > 1 and 1 < len(parts) <= _FEW
    return around.titled and few and parts[0].name == "h1" and all(map(_short, parts))


def _short(part: BodyPart) -> bool:
    return is_heading(part) or (part.name == "p" and len(part.words) <= _SHORT and not shows_more(part))


def _beside(parts: Sequence[BodyPart]) -> bool:
    pre = next((n for n, part in enumerate(parts) if part.name == "pre"), None)
    return pre is not None and arrangements.room(parts[pre : pre + 2])


def laid_out(name: str, drawn: SlideParts, title: str, place: Place, around: Stage) -> SlideParts:
    """The slide's parts as the layout arranges them."""
    body = arrangements.BODIES.get(name)
    if name == COVER:
        return SlideParts(_logo(drawn.header), arrangements.cover(drawn, around), "")
    if name == SECTION:
        return SlideParts(_logo(drawn.header), arrangements.section(drawn, title, place), drawn.footer)
    return drawn._replace(body=body(drawn.body)) if body else drawn


def _logo(header: str) -> str:
    """A header without its title: a logo may be left."""
    found = re.search(r"<img\b[^<>]*>", header)
    return f'<div class="header">{found[0]}</div>' if found and " src=" in found[0] else ""
