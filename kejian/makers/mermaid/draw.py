"""Draws Mermaid sources in a process of its own, which may crash or hang without the build."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from xml.etree import ElementTree as ET

from kejian.core.toolchain import Toolchain
from kejian.makers import svg
from kejian.makers.bounded import apart
from kejian.makers.mermaid import choice
from kejian.makers.mermaid.engine import Engine, EngineError
from kejian.makers.mermaid.measure import FONTS, Ruler

SECONDS = 30.0
"""Of processor time for a drawing."""
NONE = "no Mermaid engine is installed"

_Source = tuple[str, str]
"""A source, and the folder of the fonts."""


def drawings(sources: Sequence[str], tools: Toolchain) -> Iterator[dict[str, object] | None]:
    """Yield for each source `html`, or `error` and `line`; `None` for one at which the engine crashes or hangs."""
    fonts = str(tools.module(FONTS))
    for made in apart(drawing, [(source, fonts) for source in sources], SECONDS):
        yield None if made is None else dict(json.loads(made))


def drawing(piece: _Source) -> str:
    """Draw one source; the result is JSON."""
    source, fonts = piece
    found = _engine(fonts)
    if found is None:
        return _refusal(NONE, 0)
    try:
        return _drawn(source, Ruler(fonts), found)
    except EngineError as refused:
        place = f"line {refused.line} cannot be read: " if refused.line else ""
        return _refusal(f"{place}{refused}", refused.line)
    except (ET.ParseError, ValueError, RecursionError):
        return _refusal("what the engine gave is not a drawing", 0)


@cache
def _engine(fonts: str) -> Engine | None:
    return choice.start(Ruler(fonts))


def _drawn(source: str, ruler: Ruler, found: Engine) -> str:
    from kejian.makers.mermaid import counted, document, words  # parsers that the build itself does without

    raw = found.svg(source)
    root = document.prepared(raw, source, ruler)
    html = svg.inline(ET.tostring(root, encoding="unicode"))
    picture = counted.drawn(html)
    if not picture.texts and not picture.nodes:
        return _refusal("it draws nothing", 0)
    model = found.model(source)
    lost = counted.missing(model, picture)
    known = json.dumps(model, ensure_ascii=False) if model else f"{raw} {words.names(source)}"
    word, line = words.undrawn(source, picture.text, known)
    return _refusal(lost, line) if lost else _refusal(word, line) if word else json.dumps({"html": html})


def _refusal(message: str, line: int) -> str:
    return json.dumps({"error": message, "line": line})
