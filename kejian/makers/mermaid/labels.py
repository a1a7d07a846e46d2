"""Labels that an engine writes as HTML within its drawing, as lines of text: a page's drawing holds no HTML."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from kejian.makers.mermaid.measure import LINE, Ruler

SVG = "{http://www.w3.org/2000/svg}"
SIZE = 16.0
"""The size of letters that engines lay out with, in pixels."""

_BREAKS = frozenset({"br", "p", "div", "li", "tr"})
_BOLD = frozenset({"b", "strong", "th"})
_LEFT = re.compile(r"text-align:\s*(?:left|start)|justify-content:\s*(?:left|flex-start)")
_WRAPS = re.compile(r"white-space:\s*(?:normal|break-spaces|pre-wrap)")
_GROUNDED = frozenset({"edgeLabel"})
"""The class of labels that stand on a line, and cover it."""
_MIDDLE = 0.35
"""From the middle of a line down to its baseline, in em."""
_SLACK = 1.0


def name(element: ET.Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def as_text(root: ET.Element, ruler: Ruler) -> None:
    """Put text in the place of each `foreignObject`; of a `switch` that offers text as well, keep that."""
    for parent in list(root.iter()):
        offers = name(parent) == "switch" and any(name(child) == "text" for child in parent)
        for place, child in enumerate(list(parent)):
            if name(child) == "foreignObject":
                parent[place] = ET.Element(f"{SVG}g") if offers else _text(child, ruler)
        if name(parent) == "switch":
            parent.tag = f"{SVG}g"


def _text(box: ET.Element, ruler: Ruler) -> ET.Element:
    width, height = (float(box.get(side) or 0) for side in ("width", "height"))
    weight = "bold" if any(name(part) in _BOLD for part in box.iter()) else None
    words = re.sub(r" *\n+ *", "\n", "".join(_words(box))).strip()
    wraps = any(_WRAPS.search(part.get("style", "")) for part in box.iter())
    most = max(width + _SLACK, SIZE) if wraps else math.inf
    lines = [line for line in ruler.lines(words, SIZE, most, weight) if line] if words else []
    if not lines:
        return ET.Element(f"{SVG}g")
    left = any(_LEFT.search(part.get("style", "")) for part in box.iter())
    text = ET.Element(f"{SVG}text", {"text-anchor": "start" if left else "middle"})
    if weight:
        text.set("font-weight", weight)
    top = (height - len(lines) * SIZE * LINE) / 2 + SIZE * (LINE / 2 + _MIDDLE)
    for number, line in enumerate(lines):
        at = {"x": f"{0 if left else width / 2:g}", "y": f"{top + number * SIZE * LINE:g}"}
        ET.SubElement(text, f"{SVG}tspan", at).text = line
    return _placed(text, box)


def _placed(text: ET.Element, box: ET.Element) -> ET.Element:
    """Return the text at the place of its box, on a ground if it stands on a line."""
    group = ET.Element(f"{SVG}g")
    x, y = (float(box.get(side) or 0) for side in ("x", "y"))
    if x or y:
        group.set("transform", f"translate({x:g},{y:g})")
    if any(_GROUNDED.intersection(part.get("class", "").split()) for part in box.iter()):
        size = {side: box.get(side, "0") for side in ("width", "height")}
        ET.SubElement(group, f"{SVG}rect", {"class": "cover", "style": "fill:#ffffff;stroke:none;opacity:1", **size})
    group.append(text)
    return group


def _words(element: ET.Element) -> Iterator[str]:
    """Yield the text of HTML, with a line feed where a line ends."""
    if name(element) in _BREAKS:
        yield "\n"
    yield re.sub(r"\s+", " ", element.text or "")
    for child in element:
        yield from _words(child)
        yield re.sub(r"\s+", " ", child.tail or "")
