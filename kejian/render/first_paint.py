"""Early display of the first slide: its letters, its size, and deferred pictures on later slides.

Until reveal.js has started, the theme shows the first slide where reveal.js will put it. Two small scripts are inlined,
so that nothing has to be fetched for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape

from jinja2 import Environment

from kejian.core import templates
from kejian.render.csp import hash_of

IN_PLACE = ("theme.js", "view.js")
"""The scripts that stand in a page: one in its head, one at the top of its slides."""

Letters = Callable[[str, int], tuple[str, str]]
"""A font for these characters in this weight: the `unicode-range` of those it draws, and its bytes in base64; or two
empty texts.
"""

_PICTURE = re.compile(r"<img(?=\s)(?![^<>]*\sloading=)")
_BOLD = re.compile(r"<(h[1-6]|strong|b|th|dt)\b[^<>]*>.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r'\sdata-(?:place|number)="([^"<>]*)"')
"""Attributes whose text the theme shows."""


@dataclass(frozen=True, slots=True)
class InlineScripts:
    """The texts of the inline scripts, and their hashes as CSP source expressions."""

    theme: str
    view: str
    hashes: str


def scripts(jinja: Environment) -> InlineScripts:
    """Return the scripts of this course's theme."""
    theme, view = (templates.text(jinja, f"theme/{name}") for name in IN_PLACE)
    return InlineScripts(theme, view, f"{hash_of(theme)} {hash_of(view)}")


def characters(slides: str) -> str:
    """Return the characters of the first slide, sorted: those of its text, and of the place and number above and
    below it.
    """
    first = _first(slides)
    return "".join(sorted(set(unescape("".join([_TAG.sub("", first), *_ATTRIBUTE.findall(first)])))))


def bold(slides: str) -> str:
    """Those of them that are bold in the house style."""
    first = _first(slides)
    return "".join(sorted({char for found in _BOLD.finditer(first) for char in unescape(_TAG.sub("", found[0]))}))


def _first(slides: str) -> str:
    return slides.partition('<aside class="notes">')[0].partition("</section>")[0]


def waiting(slide: str) -> str:
    """Return the HTML of a later slide with lazily loaded pictures."""
    return _PICTURE.sub("<img loading=lazy", slide)


def size(config: Mapping[str, object]) -> str:
    """Return width, height and margin of a deck's slides, as `960 700 0.1`; "" if they are not numbers."""
    values = [config.get(name) for name in ("width", "height", "margin")]
    return " ".join(map(str, values)) if all(isinstance(value, int | float) for value in values) else ""


def unit(config: Mapping[str, object], canvas: tuple[int, int]) -> float:
    """Return what a pixel of the theme's `canvas` is on a deck's slides: by their height, unless they are narrow."""
    width, height = config.get("width"), config.get("height")
    if not (isinstance(width, int | float) and isinstance(height, int | float) and min(width, height) > 0):
        return 1
    return round(min(height / canvas[1], 4 / 3 * width / canvas[0]), 4)
