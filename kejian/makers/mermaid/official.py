"""Mermaid by `mermaidx`, the official engine inside QuickJS, where `merman` has no wheel: a second for a drawing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mermaidx.engines._common import MermaidRenderError, TextMeasurer
from mermaidx.engines.quickjs_engine import Engine as QuickJs

from kejian.makers.mermaid.engine import EngineError
from kejian.makers.mermaid.measure import Ruler
from kejian.makers.mermaid.theme import CONFIG

_PLACE = re.compile(r"\bon line (\d+)|\bline:? (\d+)")
_FIRST = 160
_ASCENT, _DESCENT, _HEIGHT, _CAP = 0.93, 0.25, 0.5, 0.75
"""Of the page's font, in em."""
_TALL = 1.5
"""The height of a line of a label in HTML, in em."""


class _Measurer(TextMeasurer):  # type: ignore[misc]  # publishes no types
    """Answers the engine's questions about text with the page's font."""

    def __init__(self, ruler: Ruler) -> None:
        super().__init__()
        self._ruler = ruler

    def width(self, text: str, size: object, family: object, weight: object, style: object) -> float:
        """Return the width of a line."""
        del family, style
        return self._ruler.width(text or "", _number(size), str(weight or ""))

    def full(self, text: str, size: object, family: object, weight: object, style: object) -> dict[str, float]:
        """Return the width of a line and the extents of the font."""
        em = _number(size)
        extents = {"ascent": _ASCENT * em, "descent": _DESCENT * em, "xHeight": _HEIGHT * em}
        return {"width": self.width(text, size, family, weight, style), **extents}

    def glyphs(self, text: str, size: object, family: object, weight: object, style: object) -> list[list[float]]:
        """Return the text as one box of ink."""
        width = self.width(text, size, family, weight, style)
        em = _number(size)
        return [[0.0, 0.0, width, -_CAP * em, _DESCENT * em]] if (text or "").strip() else []

    def foreign_object(
        self, html: str, size: object, family: object, weight: object, style: object
    ) -> dict[str, float]:
        """Return the size of a label in HTML."""
        em = _number(size)
        lines = re.sub(r"<br\s*/?>|</p>\s*<p[^>]*>", "\n", html or "", flags=re.IGNORECASE)
        words = re.sub(r"<[^<>]*>", "", lines).strip()
        count = words.count("\n") + 1
        width = max(self.width(line, em, family, weight, style) for line in words.split("\n"))
        tall = em * _TALL
        return {"width": width, "height": count * tall, "line_count": count, "line_height": tall}


class _Page(QuickJs):  # type: ignore[misc]  # publishes no types
    """The engine with the page's font."""

    def __init__(self, ruler: Ruler) -> None:
        super().__init__()
        self._ruler = ruler

    def _init_context(self) -> None:
        super()._init_context()
        self._measurer = _Measurer(self._ruler)


class OfficialEngine:
    """Draws Mermaid; it gives no reading of a source."""

    def __init__(self, ruler: Ruler) -> None:
        self._page = _Page(ruler)
        self._page.start()

    def svg(self, source: str) -> str:
        """Draw a source. Raises `EngineError`."""
        try:
            return str(self._page.render_svg(source, "base", dict(CONFIG), None))
        except MermaidRenderError as refused:
            message = str(refused)
            place = _PLACE.search(message)
            line = int(place[1] or place[2]) if place else 0
            raise EngineError(message.removeprefix("Error: ").split("\n")[0][:_FIRST], line) from None

    def model(self, source: str) -> Mapping[str, Any]:
        """Return nothing."""
        del source
        return {}


def _number(size: object) -> float:
    found = re.match(r"[\d.]+", str(size or ""))
    return float(found[0]) if found else 16.0
