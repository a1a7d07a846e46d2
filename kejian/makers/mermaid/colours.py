"""The colours of an engine's theme as shares of the page's: one drawing serves light and dark.

A grey becomes a share of the page's ink in its ground; a colour becomes a share of the palette's colour of that hue.
What the author has written stays that colour, as `#rrggbb`.
"""

from __future__ import annotations

import re
from colorsys import rgb_to_hls
from dataclasses import dataclass

import tinycss2.color3

INK = "currentColor"
GROUND = "var(--ground, Canvas)"

_HUES = ((20, "red"), (42, "orange"), (68, "yellow"), (155, "green"), (192, "cyan"), (232, "blue"), (288, "violet"))
_LAST = (338, "magenta")
_GREY = 0.12
"""A colour of less chroma than this is a grey."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\([^()]*\)|(?<![\w-])[a-zA-Z]{3,20}(?![\w-])")
_NO_COLOUR = frozenset({"none", "transparent", "currentcolor", "inherit", "initial", "unset", "revert", ""})

Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Paint:
    """Turns an engine's colours into the page's. written: the colours that the author wrote."""

    written: frozenset[Rgb]

    def of(self, colour: str) -> str:
        """Return what stands for a colour; what is none, as `none` or `url(#x)`, stays."""
        found = _read(colour)
        if found is None:
            return "none" if colour.strip().lower() == "transparent" else colour
        rgb, opacity = found
        if opacity == 0:
            return "none"
        return _hex(rgb) if rgb in self.written else _share(rgb)

    def is_written(self, colour: str) -> bool:
        """Return whether the author wrote this colour."""
        found = _read(colour)
        return found is not None and found[0] in self.written


def written(source: str) -> frozenset[Rgb]:
    """Return the colours that a source names."""
    return frozenset(found[0] for text in _COLOUR.findall(source) if (found := _read(text)))


def is_dark(colour: str) -> bool:
    """Return whether letters on this colour must be light."""
    found = _read(colour)
    return found is not None and _light(found[0]) < 0.5


def _read(colour: str) -> tuple[Rgb, float] | None:
    if colour.strip().lower() in _NO_COLOUR:
        return None
    found = tinycss2.color3.parse_color(colour.strip())
    if found is None or isinstance(found, str):
        return None
    red, green, blue, opacity = found
    return (_step(red), _step(green), _step(blue)), opacity


def _step(value: float) -> float:
    return round(min(1.0, max(0.0, value)) * 255) / 255


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(255 * value):02x}" for value in rgb)


def _light(rgb: Rgb) -> float:
    return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]


def _share(rgb: Rgb) -> str:
    """Return a colour of the theme: the darker it is, the more it has of the ink; the fuller, the more of its hue."""
    chroma = max(rgb) - min(rgb)
    if chroma < _GREY:
        return _mixed(INK, round(100 * (1 - _light(rgb))))
    hue = 360 * rgb_to_hls(*rgb)[0]
    name = next((name for end, name in (*_HUES, _LAST) if hue < end), "red")
    return _mixed(f"var(--{name}, {_hex(rgb)})", round(100 * min(1.0, chroma + max(0.0, 0.5 - _light(rgb)))))


def _mixed(colour: str, percent: int) -> str:
    if percent >= 90:
        return colour
    return GROUND if percent < 1 else f"color-mix(in srgb, {colour} {percent}%, {GROUND})"
