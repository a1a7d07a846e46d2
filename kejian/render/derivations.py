"""A derivation: each line of its displayed formulas is a step, and the last formula is the result."""

from __future__ import annotations

import re
from itertools import pairwise

_DISPLAY = re.compile(r'<span class="formula display[^"]*"[^<>]*>(?=<svg\b)')
_DRAWING = re.compile(r"<(/?)svg\b")
_ROWS = re.compile(r'<g transform="translate\(0,(-?[\d.]+)\)[^"]*">')


def derivation(body: str) -> str:
    """Each line of the displayed formulas after the first is a step; the last formula is the result."""
    steps = 0
    pieces, at = [], 0
    found = [(one.start(), _end(body, one.end())) for one in _DISPLAY.finditer(body)]
    for start, end in found:
        html, rows = _stepped(body[start:end], steps, last=end == found[-1][1])
        pieces += [body[at:start], html]
        at, steps = end, steps + rows
    return "".join(pieces) + body[at:]


def _end(body: str, start: int) -> int:
    """Return the end of the drawing that begins at `start`; numbers and long arrows are drawings within it."""
    depth = 0
    for tag in _DRAWING.finditer(body, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return body.index(">", tag.end()) + 1
    return len(body)


def _stepped(svg: str, before: int, *, last: bool) -> tuple[str, int]:
    """A formula whose rows are steps; how many rows it has. The first row of all is there from the start."""
    rows = _rows(svg) or _whole(svg)
    pieces, at = [], 0
    for n, (start, end) in enumerate(rows):
        step = "fragment line" if before + n else "line"
        step += " last" if last and n == len(rows) - 1 else ""
        pieces += [svg[at:start], f'<g class="{step}">', svg[start:end], "</g>"]
        at = end
    svg = "".join(pieces) + svg[at:]
    return svg.replace("formula display", "formula display result", 1) if last else svg, len(rows)


def _whole(svg: str) -> list[tuple[int, int]]:
    """Return where all of a formula stands in its drawing; nowhere in one that is empty."""
    start, end = svg.find("<g"), svg.rfind("</g>")
    return [(start, end + len("</g>"))] if 0 <= start < end else []


def _rows(svg: str) -> list[tuple[int, int]]:
    """Where the rows of a formula stand in its drawing, the groups right below its outermost one; none of a single."""
    found: list[tuple[int, int]] = []
    depth, start = 0, 0
    for tag in re.finditer(r"<(/?)(g|use|rect|text|path|line|svg)\b[^>]*?(/?)>", svg):
        if tag[1]:
            depth -= 1
            if depth == 2 and tag[2] == "g":
                found.append((start, tag.end()))
        elif not tag[3]:
            if depth == 2:
                start = tag.start()
            depth += 1
    heights = [_ROWS.match(svg, start) for start, _ in found]
    if len(found) > 1 and all(heights):
        levels = [float(height[1]) for height in heights if height]
        if all(a > b for a, b in pairwise(levels)):
            return found
    return []
