"""WaveDrom's drawings as a page may take them, and its labels counted: an engine draws them in Node."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from xml.etree import ElementTree as ET

import pyjson5

_HINT = "check the braces, quotes and commas there, as in {signal: [{name: 'clk', wave: 'p..'}]}"

_LABELS = frozenset({"name", "text", "label", "data"})
_LONGEST = 4 << 20
"""Characters of a drawing; a slide's has some ten thousand."""
_MOST = 20_000
"""Parts that a drawing may put in place of its references."""


def hint(message: str) -> str:
    """Return what to type where a diagram cannot be drawn."""
    if "too large" in message:
        return "make two diagrams of it, in two fences"
    return "take that label out, or give its wave a place for it" if "leaves out" in message else _HINT


def drawn(source: str, document: str) -> tuple[str, str]:
    """Return a drawing's HTML, and a label that it lacks, as a clause. Raises `ParseError` and `ValueError`."""
    from kejian.makers import svg
    from kejian.makers.mermaid import counted
    from kejian.makers.mermaid.document import prepared
    from kejian.makers.mermaid.measure import Ruler

    if len(document) > _LONGEST:
        return "", "it is too large for a page"
    root = ET.fromstring(document)  # noqa: S314 -- an engine's output, without entities of its own
    _placed(root)
    html = svg.inline(
        ET.tostring(prepared(ET.tostring(root, encoding="unicode"), source, Ruler("")), encoding="unicode")
    )
    picture = counted.drawn(html)
    whole = picture.text.replace("\n", "")
    if not picture.texts:
        return html, "it draws no label"
    lost = next((label for label in _labels(pyjson5.decode(source)) if counted.bare(label) not in whole), "")
    return html, f"the engine leaves out `{lost}`" if lost else ""


def _placed(root: ET.Element) -> None:
    """Put what is referred to in the place of each reference, and take the definitions out."""
    known = {element.get("id"): element for element in root.iter() if element.get("id")}
    count = 0
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            target = known.get(_reference(child))
            if child.tag.endswith("}use") and target is not None:
                count += 1
                if count > _MOST:
                    raise ValueError("too many parts")
                group = ET.Element(child.tag.removesuffix("use") + "g", {"transform": child.get("transform", "")})
                group.extend(deepcopy(list(target)))
                parent[place] = group
    for definitions in root.iter():
        if definitions.tag.endswith("}defs"):
            for child in [one for one in definitions if one.tag.endswith("}g")]:
                definitions.remove(child)


def _reference(element: ET.Element) -> str:
    return next((value[1:] for name, value in element.attrib.items() if name.endswith("href")), "")


def _labels(part: object, key: str = "") -> Iterator[str]:
    """Yield the words that a source wants drawn: names, texts, data, and the first word of a group."""
    if isinstance(part, str):
        if key in _LABELS:
            yield from part.split() if key == "data" else [part]
    elif isinstance(part, dict):
        for name, inner in part.items():
            yield from _labels(inner, name)
    elif isinstance(part, list):
        if key == "signal" and part and isinstance(part[0], str):
            yield part[0]
        for inner in part[1:] if key in {"name", "text"} else part:
            yield from _labels(inner, key)
