"""Drawings with letters of the slides' font: an `<img>` takes no font of the page, so the file brings its own.

What draws charts measures with that font, and names it; on a machine without it others would be drawn, or boxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from kejian.render.first_paint import Letters

FAMILY = "Noto Sans SC"
_TEXT = re.compile(r"<(?:text|tspan)\b[^<>]{0,2000}>([^<>]{1,2000})")
_ROOT = re.compile(r"<svg\b[^<>]*>")
_WEIGHTS = ((400, ""), (700, 'font-weight="bold"'))


def lettered(data: bytes, letters: Letters) -> bytes:
    """Return an SVG file with the font that it names, cut to its letters; the file itself if it names none."""
    if f'"{FAMILY}"'.encode() not in data:
        return data
    text = data.decode("utf-8", "surrogateescape")
    used = "".join(sorted(set(unescape("".join(_TEXT.findall(text))))))
    faces = "".join(_faces(text, used, letters))
    styled = _ROOT.sub(lambda root: f"{root[0]}<style>{faces}</style>", text, count=1) if faces else text
    return styled.encode("utf-8", "surrogateescape")


def _faces(text: str, used: str, letters: Letters) -> Iterator[str]:
    for weight, mark in _WEIGHTS:
        _, font = letters(used, weight) if mark in text else ("", "")
        if font:
            source = f'url("data:font/woff2;base64,{font}") format("woff2")'
            yield f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};src:{source}}}'
