"""The width of labels in the page's font: Latin letters by HarfBuzz, Chinese characters and the rest by their class."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

FONTS = "@fontsource/noto-sans-sc/files"
LATIN = "noto-sans-sc-latin-{}-normal.woff2"
LINE = 1.2
"""The height of a line, in em."""

_NARROW = 0.7
"""The width of letters that are neither Latin nor Chinese, in em: nearly all are narrower."""
_BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_WIDE = frozenset("WF")
_PIECES = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
    r"|\s+|[^\s\u2e80-\u9fff]+"
)
_SHAPED = 4096


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures text, in the unit of the size. folder: of the font's files."""

    folder: str

    def width(self, text: str, size: float, weight: str | None = None) -> float:
        """Return the width of the widest line of `text`."""
        bold = str(weight or "").strip().lower() in _BOLD
        return max((self._line(line, bold=bold) for line in text.split("\n")), default=0.0) * size

    def lines(self, text: str, size: float, most: float, weight: str | None = None) -> list[str]:
        """Break `text` into lines of at most the width `most`, between words and beside Chinese characters."""
        return [line for part in text.split("\n") for line in self._broken(part, size, most, weight)]

    def _broken(self, text: str, size: float, most: float, weight: str | None) -> Iterator[str]:
        line = ""
        for piece in _PIECES.findall(text):
            if line.strip() and self.width((line + piece).rstrip(), size, weight) > most:
                yield line.strip()
                line = ""
            line += piece
        yield line.strip()

    def _line(self, line: str, *, bold: bool) -> float:
        return sum(_width(self.folder, part, bold=bold) for part in re.findall(r"[\x20-\xff]+|[^\x20-\xff]", line))


@cache
def _width(folder: str, part: str, *, bold: bool) -> float:
    """Return the width in em of Latin text, or of one other character."""
    if part[0] > "\xff":
        if unicodedata.combining(part) or unicodedata.category(part) in {"Cf", "Mn"}:
            return 0.0
        wide = unicodedata.east_asian_width(part)
        return 1.0 if wide in _WIDE or (wide == "A" and not part.isalpha()) else _NARROW
    if len(part) > _SHAPED:
        return sum(_width(folder, part[at : at + _SHAPED], bold=bold) for at in range(0, len(part), _SHAPED))
    return _shaped(folder, part, bold=bold)


def _shaped(folder: str, text: str, *, bold: bool) -> float:
    import uharfbuzz as hb

    font, em = _font(folder, 700 if bold else 400)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return float(sum(position.x_advance for position in buffer.glyph_positions or ()) / em)


@cache
def _font(folder: str, weight: int) -> tuple[object, int]:
    """Return the Latin part of a weight, opened, and the units of an em."""
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # publishes no types

    with TTFont(Path(folder) / LATIN.format(weight), recalcTimestamp=False) as woff:
        woff.flavor = None
        out = BytesIO()
        woff.save(out)
    face = hb.Face(out.getvalue())
    return hb.Font(face), face.upem
