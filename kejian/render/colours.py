"""Pictures that follow the theme: what is drawn in a colour of the light palette has its twin in the dark.

Both are written side by side, as CSS `light-dark()`, of which a browser takes the one for the page's `color-scheme`, in
a file that an `<img>` shows as well. A colour of the palette turns into its own twin; any other into one of the same
hue, as light as it was dark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import atan2, cos, degrees, hypot, sin

from jinja2 import Environment

from kejian.core import templates

_BLOCK = re.compile(r'\[data-theme="(light|dark)"\][^{}]*\{([^{}]*)\}')
_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})\b")
_DIAGRAM = re.compile(r'<svg\b[^<>]*\bclass="[^"]*\bdiagram\b.*?</svg>', re.DOTALL)
_PAINT = re.compile(
    r'\b((?:fill|stroke|stop-color|color)(?::\s*|="))(#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|black\b|white\b)'
)
_ROOT = re.compile(rb"<svg\b(?![^<>]*\sstyle=)")
_NAMED = {"black": "#000000", "white": "#ffffff"}
_WARM = (60.0, 112.0)
"""Hues of the light ground, in degrees: what has little colour of them is a ground as well."""

Lch = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Twins:
    """The dark colours of a palette by their light ones."""

    known: Mapping[str, str]

    def of(self, colour: str) -> str:
        """The dark twin of a light colour, written `#rrggbb` or by its name."""
        colour = _NAMED.get(colour, colour).lower()
        if len(colour) == 4:
            colour = "#" + "".join(2 * c for c in colour[1:])
        return self.known.get(colour) or _turned(colour)

    def page(self, html: str) -> str:
        """A page whose diagrams follow the theme."""
        return _DIAGRAM.sub(lambda found: self._painted(found[0]), html) if 'class="diagram' in html else html

    def picture(self, data: bytes) -> bytes:
        """An SVG file that follows the `color-scheme` of what shows it."""
        text = data.decode("utf-8", "surrogateescape")
        out = self._painted(text).encode("utf-8", "surrogateescape")
        ink = f"light-dark(#000000, {self.of('#000000')})"
        return _ROOT.sub(f'<svg style="color-scheme: light dark; fill: {ink}"'.encode(), out, count=1)

    def _painted(self, svg: str) -> str:
        return _PAINT.sub(lambda found: f"{found[1]}light-dark({found[2]}, {self.of(found[2])})", svg)


def twins(jinja: Environment) -> Twins:
    """Those of the course's palette."""
    return _read(templates.text(jinja, "theme/palette.css"))


@lru_cache(maxsize=8)
def _read(palette: str) -> Twins:
    found = {theme: dict(_COLOUR.findall(rules)) for theme, rules in _BLOCK.findall(palette)}
    light, dark = (found.get(theme, {}) for theme in ("light", "dark"))
    return Twins({colour: dark[name] for name, colour in reversed(light.items()) if name in dark})


@lru_cache(maxsize=4096)
def _turned(colour: str) -> str:
    light, chroma, hue = _lch(colour)
    if light > 0.8:
        dark = 0.25 + 0.9 * (1 - light)
        if chroma < 0.05 and (_WARM[0] < hue < _WARM[1] or chroma < 0.01):
            return _hex((dark, 0.045, 218.0))
        return _hex((dark, min(0.09, 1.6 * chroma), hue))
    dark = min(0.96, 1.34 - light) if light <= 0.6 else 0.74 - 1.55 * (light - 0.6)
    return _hex((dark, min(chroma, 0.16), hue))


def _lch(colour: str) -> Lch:
    r, g, b = (_linear(int(colour[n : n + 2], 16) / 255) for n in (1, 3, 5))
    l, m, s = (  # noqa: E741 -- as the cones of the eye are named
        (x * r + y * g + z * b) ** (1 / 3)
        for x, y, z in (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    )
    light = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s
    a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
    b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
    return light, hypot(a, b), degrees(atan2(b, a)) % 360


def _hex(lch: Lch) -> str:
    light, chroma, hue = lch
    a, b = chroma * cos(hue * 0.017453292519943295), chroma * sin(hue * 0.017453292519943295)
    l, m, s = (  # noqa: E741 -- as above
        (light + x * a + y * b) ** 3
        for x, y in ((0.3963377774, 0.2158037573), (-0.1055613458, -0.0638541728), (-0.0894841775, -1.291485548))
    )
    rgb = (
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
    )
    return "#" + "".join(f"{round(255 * _gamma(min(1, max(0, value)))):02x}" for value in rgb)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else float(1.055 * value ** (1 / 2.4) - 0.055)
