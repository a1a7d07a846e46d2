"""Determines whether a slide's own background is light or dark, so that its content gets a palette with contrast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kejian.core.attributes import Attributes
from kejian.core.css import nodes
from kejian.core.themes import Shade

if TYPE_CHECKING:
    from tinycss2.ast import Node

_SAID: dict[str, Shade] = {"has-dark-background": "dark", "has-light-background": "light"}
_PAINTS = ("data-background-gradient", "data-background-color", "data-background")
_DARK = 128
"""reveal.js' own border: the brightness, of 255, below which it calls a colour dark."""


def ground(slide: Attributes) -> Shade | None:
    """Return the shade of a slide's background by its class, gradient or colour; `None` if they do not say.

    A picture's brightness is unknown; with a colour beside it the colour counts, as in reveal.js.
    """
    said = next((_SAID[name] for name in slide.text("class").split() if name in _SAID), None)
    return said or next(filter(None, (_shade(slide.text(name)) for name in _PAINTS)), None)


def marked(slide: Attributes) -> Attributes:
    """Return the attributes with `data-ground` for style sheets, if the shade is known."""
    shade = ground(slide)
    return slide.updated(data_ground=shade) if shade else slide


@lru_cache(maxsize=256)
def _shade(paint: str) -> Shade | None:
    lights = list(_brightness(nodes(paint))) if paint.strip() else []
    if not lights:
        return None
    return "dark" if sum(lights) / len(lights) < _DARK else "light"


def _brightness(paint: Sequence[Node]) -> Iterator[float]:
    """Yield the brightness, 0 to 255, of each mostly opaque colour in a CSS background."""
    from tinycss2 import color4  # imported where a slide has a ground of its own

    for node in paint:
        colour = color4.parse_color(node) if node.type in ("ident", "hash", "function") else None
        if colour is None and node.type == "function":
            yield from _brightness([one for one in node.arguments if one.type != "function" or _paints(one)])
        elif colour is not None and colour != "currentcolor" and colour.alpha >= 0.5:
            yield 255 * _light(colour)


def _light(colour: Any) -> float:  # noqa: ANN401 -- the package publishes no types
    """Return a colour's brightness, 0 to 1."""
    first = colour.coordinates[0] or 0.0
    if colour.space in ("lab", "lch", "oklab", "oklch"):
        return float(first) / (1 if colour.space.startswith("ok") else 100)
    red, green, blue = (float(part or 0.0) for part in colour.to("srgb").coordinates)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _paints(function: Node) -> bool:
    from tinycss2 import color4

    return color4.parse_color(function) is not None
