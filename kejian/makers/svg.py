"""Converts an engine's SVG document to phrasing content: no prologue, no style sheet, unique ids, safe links.

Colours set by the author are kept. Black lines and letters without background become `currentColor`, and a white
background becomes transparent, so that a diagram follows the page's theme; letters on a coloured background stay black.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree as ET

from kejian.core import css
from kejian.core.model import UID
from kejian.makers import dot

_BLACK = frozenset({"black", "#000000", "#000"})
_NO_GROUND = frozenset({"none", "transparent", "currentColor", ""})
_THEME = ("var(", "color-mix(")
"""How colours begin that are the page's."""
_SHAPES = frozenset({"polygon", "ellipse", "path", "rect", "circle"})
_DRAWN = frozenset(
    "svg g a text tspan defs marker clipPath linearGradient radialGradient stop "
    "polygon polyline ellipse circle path rect line".split()
)
TIP = "tip"
"""The class of a `title` that is shown: those of Graphviz are names."""
_PLAIN_STYLES = frozenset({"stop-color", "stop-opacity", "fill", "stroke"})
_LEFT_OUT = frozenset({"id", "href", "font-family", "space", "target", "style"})
_REFERENCE = re.compile(r"url\(\s*#([^)\s]+)\s*\)")
_POINT = re.compile(r"(-?[\d.]+),(-?[\d.]+)")
_LABEL_LENGTH = 160

_FONTS: Mapping[str, Mapping[str, str]] = {
    dot.BOLD: {"font-weight": "bold"},
    dot.ITALIC: {"font-style": "italic"},
    dot.MONO: {"font-family": "'Kejian Mono', monospace"},
    dot.BOLD_MONO: {"font-family": "'Kejian Mono', monospace", "font-weight": "bold"},
}

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class _Picture:
    """Facts about the whole document: referenced ids, coloured clusters, whether all of it has a background."""

    referred: frozenset[str]
    coloured: tuple[Box, ...]
    grounded: bool


def inline(document: str) -> str:
    """Return a diagram's SVG as HTML, with `UID` in its ids. `document` is the output of Graphviz or Mermaid."""
    root = ET.fromstring(document)  # noqa: S314 - an engine's output: labels are escaped, there are no entities of its own
    picture = _Picture(
        frozenset(found for value in _values(root) for found in _REFERENCE.findall(value)),
        tuple(_box(shape) for shape in _shapes(root, "cluster", "subgraph") if _filled(shape)),
        any(_filled(shape) and shape.get("fill") != "white" for shape in _shapes(root, "graph")),
    )
    size = {name: root.get(name, "") for name in ("width", "height", "viewBox")}
    root.attrib = {"class": "diagram", "role": "img", "aria-label": _label(root), **size}
    return "".join(_written(root, picture, grounded=picture.grounded))


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _kind(element: ET.Element) -> str:
    """Return the first class, by which engines name the kind of a part."""
    return element.get("class", "").partition(" ")[0]


def _values(root: ET.Element) -> Iterator[str]:
    return (value for element in root.iter() for value in element.attrib.values())


def _label(root: ET.Element) -> str:
    """Return the text for screen readers: the graph's label or name, else the words in it."""
    if root.get("aria-label"):
        return root.get("aria-label", "")
    graph = root.find("{*}g[@class='graph']")
    if graph is not None:
        own = [text.text or "" for text in graph.findall("{*}text")] or [graph.findtext("{*}title", "")]
        if any(own) and own != ["%3"]:
            return " ".join(own)
    said = ("".join(text.itertext()).strip() for text in root.iter() if _name(text) == "text")
    return "，".join(dict.fromkeys(words for words in said if words))[:_LABEL_LENGTH]


def _shapes(root: ET.Element, *kinds: str) -> Iterator[ET.Element]:
    """Yield the shapes directly in groups of the given kinds."""
    return (shape for group in root.iter() if _kind(group) in kinds for shape in group if _name(shape) in _SHAPES)


def _filled(shape: ET.Element) -> bool:
    """Return whether a shape has a colour set by the author rather than a theme."""
    fill = shape.get("fill", "")
    return fill not in _NO_GROUND and not fill.startswith(_THEME)


def _box(shape: ET.Element) -> Box:
    """Return the bounding box of a shape, or of its curve's control points, which contains it."""
    if _name(shape) == "rect":
        x, y, width, height = (float(shape.get(name) or 0) for name in ("x", "y", "width", "height"))
        return x, y, x + width, y + height
    points = [(float(x), float(y)) for x, y in _POINT.findall(shape.get("points") or shape.get("d") or "0,0")]
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def _written(element: ET.Element, picture: _Picture, *, grounded: bool) -> Iterator[str]:
    name = _name(element)
    attributes = _attributes(element, picture)
    grounded = grounded or (_kind(element) == "node" and any(_filled(e) for e in element.iter() if _name(e) in _SHAPES))
    own = grounded or (name == "text" and _inside(element, picture.coloured))
    attributes = _as_drawn(attributes) if own else _themed(attributes, name)
    if name == "a" and "href" not in attributes:
        name = "g"
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    yield f"<{name}{written}>"
    if name in {"text", "tspan", "title"}:
        yield escape(element.text or "", quote=False)
    for child in element:
        if (_name(child) in _DRAWN and not _white_page(element, child)) or _kind(child) == TIP:
            yield from _written(child, picture, grounded=grounded)
    yield f"</{name}>"


def _inside(text: ET.Element, boxes: tuple[Box, ...]) -> bool:
    x, y = (float(text.get(name) or 0) for name in ("x", "y"))
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _white_page(parent: ET.Element, child: ET.Element) -> bool:
    """Return whether `child` is the white rectangle that Graphviz puts behind a graph."""
    return _kind(parent) == "graph" and child.get("fill") == "white" and child.get("stroke") in _NO_GROUND


def _attributes(element: ET.Element, picture: _Picture) -> dict[str, str]:
    found: dict[str, str] = {}
    for full, value in element.attrib.items():
        name = full.rpartition("}")[2]
        if name == "id" and value in picture.referred:
            found["id"] = f"{UID}-{value}"
        elif name == "href" and dot.allowed(value):
            found["href"] = value
        elif name == "font-family":
            found.update(_FONTS.get(value, {}))
        elif name == "style":
            found.update(_styled(value))
        elif name in css.PAINTED and not css.refers_within(value):
            continue
        elif name not in _LEFT_OUT and not name.startswith(("data-", "on")):
            found[name] = _REFERENCE.sub(rf"url(#{UID}-\1)", value)
    if "  " in (element.text or ""):
        found["xml:space"] = "preserve"
    return found


def _styled(style: str) -> Iterator[tuple[str, str]]:
    """Yield harmless declarations as attributes: Graphviz writes gradient stops as inline styles."""
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if colon and name.strip() in _PLAIN_STYLES and css.refers_within(value):
            yield name.strip(), value.strip()


def _themed(attributes: dict[str, str], name: str) -> dict[str, str]:
    if name == "text":
        attributes.setdefault("fill", "currentColor")
    theme = {key: "currentColor" for key in ("fill", "stroke") if attributes.get(key) in _BLACK}
    return {**attributes, **theme}


def _as_drawn(attributes: dict[str, str]) -> dict[str, str]:
    return {name: "black" if value == "currentColor" else value for name, value in attributes.items()}
