"""An engine's SVG document as phrasing content of a page: no prologue, no style sheet, ids of its own, safe links.

What the author coloured keeps its colour. Black lines and letters on nothing become `currentColor` and a white ground
becomes none, so that a diagram follows the page's theme; letters on a coloured ground stay black.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from xml.etree import ElementTree as ET

from kejian.makers import dot
from kejian.model import UID

_BLACK = frozenset({"black", "#000000", "#000"})
_GROUNDS = frozenset({"none", "transparent", "currentColor", ""})
_SHAPES = frozenset({"polygon", "ellipse", "path", "rect", "circle"})
_DROPPED = frozenset({"style", "script", "title", "desc", "image", "foreignObject", "set", "animate"})
_REFERENCE = re.compile(r"url\(\s*#([^)\s]+)\s*\)")
_LABEL_LENGTH = 160

# Mermaid's colours are custom properties of its style sheet; these are the same mixtures of the page's own colour.
_MIXED = {
    "--_text-sec": 70,
    "--_text-muted": 60,
    "--_text-faint": 45,
    "--_line": 60,
    "--_node-fill": 4,
    "--_node-stroke": 40,
    "--_group-hdr": 6,
    "--_inner-stroke": 20,
    "--_key-badge": 12,
}
_VARIABLE = re.compile(r"var\((--[\w-]+)(?:,[^()]*(?:\([^()]*\))?[^()]*)?\)")
_FONTS: Mapping[str, Mapping[str, str]] = {
    dot.BOLD: {"font-weight": "bold"},
    dot.ITALIC: {"font-style": "italic"},
    dot.MONO: {"font-family": "'Kejian Mono', monospace"},
    dot.BOLD_MONO: {"font-family": "'Kejian Mono', monospace", "font-weight": "bold"},
}


def inline(document: str) -> str:
    """The SVG of a diagram as HTML, with `UID` in its ids. `document` is the output of Graphviz or Mermaid."""
    root = ET.fromstring(document)  # noqa: S314 - an engine's output, in which labels are escaped; no entities of its own
    label = _label(root)
    referred = {found for value in _values(root) for found in _REFERENCE.findall(value)}
    ground = _coloured_ground(root)
    size = {name: root.get(name, "") for name in ("width", "height", "viewBox")}
    root.attrib = {"class": "diagram", "role": "img", "aria-label": label, **size}
    return "".join(_written(root, referred, ground=ground))


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _values(root: ET.Element) -> Iterator[str]:
    return (value for element in root.iter() for value in element.attrib.values())


def _label(root: ET.Element) -> str:
    """What a reader who cannot see it hears: the graph's label or name, else the words in it."""
    graph = root.find("{*}g[@class='graph']")
    if graph is not None:
        own = [text.text or "" for text in graph.findall("{*}text")] or [graph.findtext("{*}title", "")]
        if any(own) and own != ["%3"]:
            return " ".join(own)
    words = dict.fromkeys(word for text in root.iter() if _name(text) == "text" for word in _words(text))
    return "，".join(words)[:_LABEL_LENGTH]


def _words(text: ET.Element) -> Iterator[str]:
    whole = "".join(text.itertext()).strip()
    if whole:
        yield whole


def _coloured_ground(root: ET.Element) -> bool:
    """Whether the graph or one of its clusters is filled, so that everything keeps the colours it was drawn with."""
    groups = (g for g in root.iter() if g.get("class", "").split(" ")[0] in {"graph", "cluster", "subgraph"})
    return any(_filled(shape, "white") for group in groups for shape in group)


def _filled(shape: ET.Element, *besides: str) -> bool:
    fill = shape.get("fill", "")
    return _name(shape) in _SHAPES and not fill.startswith("var(") and fill not in _GROUNDS.union(besides)


def _written(element: ET.Element, referred: set[str], *, ground: bool) -> Iterator[str]:
    name = _name(element)
    attributes = _attributes(element, name, referred, ground=ground)
    if name == "a" and "href" not in attributes:
        name = "g"
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    yield f"<{name}{written}>"
    if name in {"text", "tspan"}:
        yield escape(element.text or "", quote=False)
    inside = ground or any(_filled(shape) for shape in element.iter()) if _own_ground(element) else ground
    for child in element:
        if _name(child) not in _DROPPED and not _white_page(element, child):
            yield from _written(child, referred, ground=inside)
    yield f"</{name}>"


def _own_ground(element: ET.Element) -> bool:
    return element.get("class", "").split(" ")[0] in {"node", "edge-label"}


def _white_page(parent: ET.Element, child: ET.Element) -> bool:
    """Whether `child` is the white rectangle that Graphviz lays under a graph."""
    return (
        parent.get("class") == "graph"
        and child.get("fill") == "white"
        and child.get("stroke") in {"none", "transparent"}
    )


def _attributes(element: ET.Element, name: str, referred: set[str], *, ground: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in element.attrib.items():
        key = key.rpartition("}")[2]
        if key == "id" and value in referred:
            found["id"] = f"{UID}-{value}"
        elif key == "href" and dot.allowed(value):
            found["href"] = value
        elif key == "font-family":
            found.update(_FONTS.get(value, {}))
        elif key == "style":
            found.update(_styled(value))
        elif key not in {"id", "href", "font-family", "space", "target"} and not key.startswith(("data-", "on")):
            found[key] = _REFERENCE.sub(rf"url(#{UID}-\1)", _mixed(value))
    return _themed(found, name, ground=ground)


def _styled(style: str) -> Iterator[tuple[str, str]]:
    """Graphviz writes the stops of a gradient as style; as attributes they need no style sheet."""
    for declaration in style.split(";"):
        key, colon, value = declaration.partition(":")
        if colon and key.strip() in {"stop-color", "stop-opacity", "fill", "stroke"}:
            yield key.strip(), value.strip()


def _mixed(value: str) -> str:
    return _VARIABLE.sub(lambda found: _mixture(found[1]), value) if "var(" in value else value


def _mixture(variable: str) -> str:
    if variable in {"--bg", "--_group-fill"}:
        return "none"
    share = _MIXED.get(variable)
    return f"color-mix(in srgb, currentColor {share}%, transparent)" if share else "currentColor"


def _themed(attributes: dict[str, str], name: str, *, ground: bool) -> dict[str, str]:
    if ground:
        black = {key: "black" for key in ("fill", "stroke") if attributes.get(key) == "currentColor"}
        return {**attributes, **black}
    if name == "text":
        attributes.setdefault("fill", "currentColor")
    theme = {key: "currentColor" for key in ("fill", "stroke") if attributes.get(key) in _BLACK}
    return {**attributes, **theme}
