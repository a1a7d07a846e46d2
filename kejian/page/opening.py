"""What lets a reader see the first slide early: its letters, its size, and pictures that wait until they are shown.

Before reveal.js has started, the theme shows the first slide where reveal.js will show it; two small scripts stand in
the page itself, so that nothing has to be fetched for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape

from jinja2 import Environment

from kejian import templates
from kejian.page.policy import hash_of

IN_PLACE = ("theme.js", "view.js")
"""The scripts that stand in a page: one in its head, one at the top of its slides."""

Letters = Callable[[str], tuple[str, str]]
"""A font for these characters: the `unicode-range` of those it draws, and its bytes in base64; or two empty texts."""

_PICTURE = re.compile(r"<img(?=\s)(?![^<>]*\sloading=)")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Scripts:
    """The texts of the scripts in place, and their hashes as CSP source expressions."""

    theme: str
    view: str
    hashes: str


def scripts(jinja: Environment) -> Scripts:
    """The scripts of this course's theme."""
    theme, view = (templates.text(jinja, f"theme/{name}") for name in IN_PLACE)
    return Scripts(theme, view, f"{hash_of(theme)} {hash_of(view)}")


def characters(slides: str) -> str:
    """The characters of the first of the slides' sections, sorted."""
    first, _, _ = slides.partition('<aside class="notes">')[0].partition("</section>")
    return "".join(sorted(set(unescape(_TAG.sub("", first)))))


def waiting(slide: str) -> str:
    """The HTML of a later slide, whose pictures are not loaded before the first slide is there."""
    return _PICTURE.sub("<img loading=lazy", slide)


def size(config: Mapping[str, object]) -> str:
    """Width, height and margin of a deck's slides, as `960 700 0.1`; empty where they are no numbers."""
    values = [config.get(name) for name in ("width", "height", "margin")]
    return " ".join(map(str, values)) if all(isinstance(value, int | float) for value in values) else ""
