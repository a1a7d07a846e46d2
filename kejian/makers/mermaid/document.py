"""An engine's document as a page may take it: its sheet as attributes, its labels as text, its colours the page's."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from kejian.makers import svg
from kejian.makers.mermaid import colours, labels, sheet
from kejian.makers.mermaid.colours import Paint
from kejian.makers.mermaid.labels import SVG, name
from kejian.makers.mermaid.measure import Ruler
from kejian.makers.mermaid.pruned import pruned

_PAINTED = ("fill", "stroke", "stop-color")
_SHAPES = frozenset({"polygon", "ellipse", "path", "rect", "circle"})
_KINDS = {
    "node": frozenset("node rough-node timeline-node architecture-service participant actor-man treemapNode".split()),
    "cluster": frozenset({"cluster", "statediagram-cluster"}),
    "edge": frozenset(
        "flowchart-link relation relationshipLine transition edge messageLine0 messageLine1 message-line link".split()
    ),
}
"""The parts of drawings that are counted, by the classes that engines give them."""
_ROOT = ("font-size", "fill", "stroke", "font-weight", "font-style", "text-anchor")
_LETTERS = frozenset({"text", "tspan"})
_FILLED = ("task-type-", "section-type-")
"""Classes of boxes that the letters in them have as well, and so the colour of the box."""
_STROKES = ("stroke", "stroke-width", "stroke-dasharray")
_SMALLEST = 0.5


def prepared(document: str, source: str, ruler: Ruler) -> ET.Element:
    """Return the root of an engine's document, ready for `svg.inline`. Raises `ParseError`."""
    root = ET.fromstring(document)  # noqa: S314 -- an engine's output, without entities of its own
    labels.as_text(root, ruler)
    sheet.applied(root)
    paint = Paint(colours.written(source))
    for element in root.iter():
        _unframed(element)
        _painted(element, paint)
    _legible(root, paint)
    _whole_texts(root)
    _raised(root)
    _described(root)
    pruned(root)
    _classed(root)
    _tipped(root)
    _sized(root)
    return root


def _unframed(element: ET.Element) -> None:
    """Take from letters the frame of their box, which a rule gives to all that a node holds."""
    if name(element) in _LETTERS and element.get("stroke"):
        element.set("stroke", "none")
    if name(element) == "g" and "label" in element.get("class", "").split():
        for key in _STROKES:
            element.attrib.pop(key, None)


def _painted(element: ET.Element, paint: Paint) -> None:
    filled = any(one.startswith(_FILLED) for one in element.get("class", "").split())
    for key in _PAINTED:
        colour = element.get(key)
        if colour is None:
            continue
        if name(element) in _LETTERS and key == "fill" and not paint.is_written(colour):
            element.set(key, "currentColor" if filled else _letters(colour))
        else:
            element.set(key, paint.of(colour))


def _letters(colour: str) -> str:
    """Return the colour of letters: the page's, or that of its ground for those that are light."""
    return "currentColor" if colours.is_dark(colour) or colour in {"none", "currentColor"} else colours.GROUND


def _legible(root: ET.Element, paint: Paint) -> None:
    """Write light letters where the author has made a node dark."""
    for group in root.iter():
        fills = [part.get("fill", "") for part in group if name(part) in _SHAPES]
        dark = [fill for fill in fills if paint.is_written(fill) and colours.is_dark(fill)]
        if "node" in group.get("class", "").split() and dark:
            for part in group.iter():
                if name(part) in _LETTERS and not paint.is_written(part.get("fill", "")):
                    part.set("fill", "#ffffff")


def _whole_texts(root: ET.Element) -> None:
    """Put the words that stand between the parts of a text in parts of their own."""
    for text in root.iter():
        if name(text) not in _LETTERS:
            continue
        for place, child in reversed(list(enumerate(text))):
            if child.tail and child.tail.strip():
                part = ET.Element(f"{SVG}tspan")
                part.text = child.tail
                text.insert(place + 1, part)
            child.tail = None


def _raised(root: ET.Element) -> None:
    """Put labels that the engine draws first above what it draws over them."""
    for parent in list(root.iter()):
        for child in list(parent):
            if "node-labels" in child.get("class", "").split():
                parent.remove(child)
                parent.append(child)


def _described(root: ET.Element) -> None:
    """Give a reader of the page the title and the description that the author wrote for it."""
    said = [part.text.strip() for part in root if name(part) in {"title", "desc"} and part.text]
    if said:
        root.set("aria-label", "，".join(said))


def _tipped(root: ET.Element) -> None:
    """Show the tooltip of a node where a pointer rests on it."""
    for element in root.iter():
        tip = element.attrib.pop("title", "")
        if tip:
            title = ET.Element(f"{SVG}title", {"class": svg.TIP})
            title.text = tip
            element.insert(0, title)


def _sized(root: ET.Element) -> None:
    """Give the drawing the size of its content, in points as Graphviz does, and its inherited styles to a group."""
    _, _, width, height = _box(root)
    group = ET.Element(f"{SVG}g", {key: root.attrib.pop(key) for key in _ROOT if key in root.attrib})
    group.extend(list(root))
    for child in list(root):
        root.remove(child)
    root.append(group)
    root.set("width", f"{max(width, _SMALLEST):g}pt")
    root.set("height", f"{max(height, _SMALLEST):g}pt")


def _box(root: ET.Element) -> tuple[float, float, float, float]:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", root.get("viewBox", ""))]
    if len(numbers) != 4:
        raise ValueError("a drawing without a size")
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _classed(root: ET.Element) -> None:
    """Leave of the engine's classes what a part is: a page has rules for many of the others."""
    for element in root.iter():
        names = set(element.attrib.pop("class", "").split())
        kind = next((kind for kind, known in _KINDS.items() if names & known), "")
        if kind and (name(element) == "g" or kind == "edge"):
            element.set("class", kind)
