"""Themes of a deck: the house style, or one of reveal.js' themes by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Shade = Literal["light", "dark"]

ThemeSetting = Literal[
    "",
    "kejian",
    "light",
    "dark",
    "black",
    "black-contrast",
    "white",
    "white-contrast",
    "league",
    "beige",
    "night",
    "serif",
    "simple",
    "solarized",
    "moon",
    "dracula",
    "sky",
    "blood",
]
"""What `theme` may be in the settings: as each deck asks for it, the house style (light or dark), or a theme's name."""

HOUSE: Mapping[str, Shade] = {"kejian": "light", "light": "light", "dark": "dark"}
"""Names of the house style."""

EITHER = frozenset({"", "kejian"})
"""Those by which an author does not say which of its two shades a deck has."""

REVEAL: Mapping[str, Shade] = {
    **dict.fromkeys(("white", "white-contrast", "beige", "serif", "simple", "solarized", "sky"), "light"),
    **dict.fromkeys(("black", "black-contrast", "league", "night", "moon", "dracula", "blood"), "dark"),
}
"""The themes of reveal.js, which `templates/theme/looks.css` has the values of."""

USUAL = "white"
"""The theme of a deck that names none, as Markdown Preview Enhanced has it."""


def named(value: object) -> str:
    """Return the theme named by a deck's `theme:`, possibly written as a file name; "" if there is none."""
    return value.strip().rpartition("/")[2].removesuffix(".css").lower() if isinstance(value, str) else ""


def shade(name: str) -> Shade:
    """Return whether a theme is light or dark; an unknown one is light."""
    return HOUSE.get(name) or REVEAL.get(name) or "light"
