"""Highlighted lines of a listing, at once or step by step: `highlight="2-3"`, `highlight="1|2-3|5"`, `{1|2-3}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kejian.core.attributes import Attributes, printed
from kejian.core.diagnostics import Span
from kejian.parse.markdown.render_state import RenderState

STEPS = 12
"""Steps of one listing: for so many there are rules in the theme."""
_LINES = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?")
_BARE = re.compile(r"(?=.*\d)(?:[\d,|-]|all|\*)+")
_NAMES = ("highlight", "data-line-numbers")
_ALL = ("", "*", "all")


def read(found: RenderState, attributes: Attributes, count: int, span: Span) -> str:
    """Return which of `count` lines are highlighted, as `1,3-5`, or `1|3-5` for successive steps; "" for none."""
    written = _written(attributes)
    if not written:
        return ""
    texts = written.split("|")
    if len(texts) > STEPS:
        message = f"highlight= has {len(texts)} steps, more than {STEPS}: the others are left out"
        found.warn("bad-highlight", span, message, "part the listing in two: region=, or two symbols")
    steps = [",".join(_ranges(found, text, count, span, several=len(texts) > 1)) for text in texts[:STEPS]]
    return "|".join(filter(None, steps))


def _written(attributes: Attributes) -> str:
    """Return the requested lines, under our own name, that of reveal.js, or as bare numbers."""
    named = (attributes.get(name, False) for name in _NAMES)
    values = [printed(value) for value in named if value is not True and value is not False]
    bare = [key for key, value in attributes.items if value is True and _BARE.fullmatch(key)]
    return ",".join([*values[:1], *bare])


def _ranges(found: RenderState, text: str, count: int, span: Span, *, several: bool) -> Iterator[str]:
    if several and text.strip() in _ALL:
        yield f"1-{count}" if count > 1 else "1"
        return
    for part in filter(None, map(str.strip, text.split(","))):
        match = _LINES.fullmatch(part)
        first, last = (int(match[1]), min(int(match[2] or match[1]), count)) if match else (0, 0)
        if 1 <= first <= last:
            yield str(first) if first == last else f"{first}-{last}"
            continue
        lines = f"{count} lines" if count > 1 else "one line"
        message = f"`{part}` in highlight= marks nothing: the listing has {lines}"
        example = f"1-{count}" if count > 1 else "1"
        found.warn("bad-highlight", span, message, f'write lines, ranges and steps, such as highlight="{example}"')
