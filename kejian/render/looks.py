"""Determines how a deck looks: which parts of the house style, which reveal.js theme for the rest, light or dark.

The house style applies to decks that request it, by `theme = "kejian"` in the settings or by a header or footer on
their slides. If the deck's own style sheets lay out such a header or footer, it was made for a plain reveal.js page,
and no part of the house style applies. All other parts step back one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jinja2 import Environment

from kejian.core import templates, themes
from kejian.core.config import Course
from kejian.core.model import AuthorStyles, Deck
from kejian.parse.html import author_styles

_FRAMED = re.compile(r"<div\b[^<>]*\sclass=[\"'](?:[^\"'<>]*\s)?(?:header|footer)[\s\"']")
_ENGINES = ("MathJax", "MathJax_SVG", "MathJax_CHTML", "katex")
_DISPLAY = ("MathJax_Display", "MathJax_SVG_Display", "katex-display")
_LAYER = "@layer kejian {\n%s\n}\n"
_SOME, _NONE = ':root[data-house]:not([data-house=""])', ':root[data-house=""]'


@dataclass(frozen=True, slots=True)
class Look:
    """How a deck looks: the house's parts, the name of reveal.js' theme (empty where none is needed), light or dark.

    follows: dark where the reader's system is, since no author has said which.
    """

    parts: tuple[str, ...]
    theme: str
    shade: themes.Shade
    follows: bool = False


FRAME = author_styles.FRAME
CANVAS = (1280, 720)
"""Width and height of the house's slides, for which the theme's sizes are written."""

USUAL_CANVAS = (960, 700)
PAGE = Look(author_styles.ALL, "", "light")


def page(course: Course) -> Look:
    """How a plain page looks: always as the house has it."""
    return Look(PAGE.parts, "", themes.shade(course.theme), follows=course.theme in themes.EITHER)


def deck(deck: Deck, course: Course) -> Look:
    """Return the look of a deck's slides."""
    written = themes.named(deck.reveal.get("theme"))
    known = written if written in themes.REVEAL or written in themes.HOUSE else course.theme
    own = deck.own.parts
    if not _housed(deck, course):
        theme = known if known in themes.REVEAL else themes.USUAL
        dark = themes.HOUSE.get(known) == "dark"
        return Look((), theme, "dark" if dark else themes.shade(theme))
    parts = tuple(part for part in author_styles.ALL if part not in own)
    follows = known in themes.EITHER and not deck.styles and parts == author_styles.ALL
    return Look(parts, "", themes.shade(known), follows)


def asked(deck: Deck, course: Course) -> bool:
    """Return whether the deck or the settings ask for the house style by name."""
    return course.theme in themes.HOUSE or themes.named(deck.reveal.get("theme")) in themes.HOUSE


def _housed(deck: Deck, course: Course) -> bool:
    if asked(deck, course):
        return True
    laid_out = {"header", "footer"} & deck.own.parts
    return not laid_out and any(_FRAMED.search(slide.html) for slide in deck.slides)


def formulas(html: str, own: AuthorStyles) -> str:
    """Add to formulas the class names of other engines for which the deck's own style sheets have rules."""
    for written, names in (('class="formula"', _ENGINES), ('class="formula display"', (*_ENGINES, *_DISPLAY))):
        more = " ".join(name for name in names if name in own.classes)
        html = html.replace(written, f'{written[:-1]} {more}"') if more else html
    return html


def sheet(jinja: Environment) -> str:
    """Return the style sheet that all pages share."""

    def joined(names: Iterable[str]) -> str:
        return "\n".join(templates.text(jinja, f"theme/{name}") for name in names)

    plain = joined([templates.PLAIN])
    strong = joined(templates.STRONG)
    some, none = (plain.replace("&", gate) for gate in (_SOME, _NONE))
    return f"{_LAYER % joined(templates.LAYERED)}{_LAYER % some}{none}\n{strong}"


def utilities(rules: str, look: Look) -> str:
    """Put utility classes into a layer below a deck's own sheets, or give them full strength on a plain page."""
    return _LAYER % rules if rules and look.parts else rules
