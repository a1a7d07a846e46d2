"""Leaves out of an engine's document what is not seen: empty groups, boxes without a size, marks that no line has."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from kejian.makers.mermaid.labels import name

_REFERENCE = re.compile(r"#([^)\s\"']+)")
_REFERRED = frozenset({"marker", "linearGradient", "radialGradient", "clipPath", "filter", "symbol", "pattern"})
_HOLDERS = frozenset({"g", "a", "defs", "text"})
_BOXES = frozenset({"rect", "image"})


def pruned(root: ET.Element) -> None:
    """Remove what is not drawn from `root`."""
    _without(root, _used(root))


def _used(root: ET.Element) -> frozenset[str]:
    """Return the ids that are referred to, also by what is referred to itself."""
    values = (value for element in root.iter() for value in element.attrib.values() if "#" in value)
    return frozenset(found for value in values for found in _REFERENCE.findall(value))


def _without(parent: ET.Element, used: frozenset[str]) -> None:
    for child in list(parent):
        _without(child, used)
        kind = name(child)
        unused = kind in _REFERRED and child.get("id") not in used
        empty = kind in _HOLDERS and not len(child) and not (child.text or "").strip()
        flat = kind in _BOXES and not (child.get("width") and child.get("height"))
        if unused or empty or flat:
            parent.remove(child)
