"""Counts what an engine has read in what it has drawn: nodes, edges, and each label as often as it was written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

_LABELS: Mapping[str, str] = {
    "flowchart": "nodes.*.label edges.*.label subgraphs.*.title",
    "swimlane": "nodes.*.label edges.*.label subgraphs.*.title",
    "sequence": "title actors.*.description messages.*.message boxes.*.name",
    "class": "classes.*.label classes.*.annotations.* classes.*.members.*.displayText classes.*.methods.*.displayText "
    "relations.*.title notes.*.text",
    "state": "nodes.*.label edges.*.label",
    "er": "entities.*.label entities.*.attributes.*.name entities.*.attributes.*.comment relationships.*.roleA",
    "gantt": "title sections.* tasks.*.task",
    "pie": "title sections.*.label",
    "mindmap": "nodes.*.label",
    "journey": "title sections.* tasks.*.task actors.*",
    "timeline": "title sections.* tasks.*.task tasks.*.events.*",
    "gitGraph": "branches.*.name commits.*.tags.*",
    "quadrantChart": "title quadrants.* axes.* points.*.text",
    "sankey": "graph.nodes.*.id",
    "xychart": "title xAxis.title yAxis.title xAxis.categories.*",
    "block": "blocksFlat.*.label",
    "packet": "title packet.*.*.label",
    "kanban": "nodes.*.label",
    "architecture": "groups.*.title services.*.title edges.*.title",
    "requirement": "requirements.*.name requirements.*.text elements.*.name",
    "c4": "title shapes.*.label.text shapes.*.descr.text rels.*.label.text",
    "radar": "title axes.*.label curves.*.label",
    "treemap": "title nodes.*.name",
    "zenuml": "title participants.*.name statements.*.label",
}
"""Where the labels stand in a model, by the kind of diagram."""

_PARTS: Mapping[str, tuple[str, str]] = {
    "flowchart": ("nodes.*", "edges.*"),
    "class": ("classes.*", "relations.*"),
    "state": ("nodes.*", "edges.*"),
    "sequence": ("", "messages.*"),
    "er": ("entities.*", "relationships.*"),
    "mindmap": ("nodes.*", "edges.*"),
    "block": ("", "edges.*"),
    "sankey": ("graph.nodes.*", "graph.links.*"),
    "architecture": ("services.*", "edges.*"),
    "requirement": ("", "relationships.*"),
    "kanban": ("nodes.*", ""),
}
"""Where the nodes and the edges stand in a model; "" where a drawing does not mark them."""

_ALIASES = {
    **dict.fromkeys(("flowchart-v2", "flowchart-elk", "graph"), "flowchart"),
    **dict.fromkeys(("classDiagram", "classDiagram-v2"), "class"),
    **dict.fromkeys(("stateDiagram", "stateDiagram-v2"), "state"),
    "erDiagram": "er",
}
_UNDRAWN: Mapping[str, tuple[str, frozenset[object]]] = {
    "state": ("shape", frozenset({"stateStart", "stateEnd", "fork", "join", "choice", "noteGroup", "divider"})),
    "sequence": ("type", frozenset({22, 23})),
}
"""The parts of a model whose texts are names or colours, by a field and its values."""
_NOTE = 2
_ENTITIES = (("ﬂ°°", "&#"), ("ﬂ°", "&"), ("¶ß", ";"))
"""How Mermaid marks `#59;` and `#amp;` in what it has read."""
_MARKUP = re.compile(r"<[^<>]*>|\bfa[bsrl]?:fa-[\w-]+|[*_`~\s\\]|^\"|\"$")


@dataclass(frozen=True, slots=True)
class DrawingContent:
    """The content of a drawing: its texts in lower case without blanks or marks, its nodes and its edges."""

    texts: tuple[str, ...]
    nodes: int
    edges: int

    @property
    def text(self) -> str:
        """All of its words."""
        return "\n".join(self.texts)


def drawn(html: str) -> DrawingContent:
    """Return the content of a drawing as a page gets it."""
    root = ET.fromstring(html)  # noqa: S314 -- what `svg.inline` wrote
    kinds = Counter(element.get("class") for element in root.iter())
    texts = tuple(bare("".join(element.itertext())) for element in root.iter() if element.tag == "text")
    return DrawingContent(tuple(text for text in texts if text), kinds["node"] + kinds["cluster"], kinds["edge"])


def bare(text: str) -> str:
    """Return a label as it is compared: without markup and blanks, in lower case."""
    for mark, meant in _ENTITIES:
        text = text.replace(mark, meant)
    return _MARKUP.sub("", unescape(unescape(text))).lower()


def missing(model: Mapping[str, Any], found: DrawingContent) -> str:
    """Return what the engine read and has not drawn, as a clause; "" if nothing."""
    kind = _kind(model)
    whole = found.text.replace("\n", "")
    for label, count in _labels(model, kind).items():
        times = sum(label in text for text in found.texts)
        if times < count and not (times == 0 and whole.count(label) >= count):
            return f"the engine leaves out `{label}`" + (f", {times} of {count} times drawn" if times else "")
    nodes, edges = _parts(model, kind)
    if nodes > found.nodes:
        return f"the engine draws {found.nodes} of the {nodes} nodes"
    return f"the engine draws {found.edges} of the {edges} connections" if edges > found.edges else ""


def _kind(model: Mapping[str, Any]) -> str:
    kind = str(model.get("type", ""))
    return _ALIASES.get(kind, kind)


def _labels(model: Mapping[str, Any], kind: str) -> Counter[str]:
    field, values = _UNDRAWN.get(kind, ("", frozenset()))
    if kind in {"flowchart", "swimlane"}:  # a group that an edge leads to is a node of its model as well
        field, values = "id", frozenset(one.get("id") for one in _at(model, "subgraphs.*"))
        titles = list(_at(model, "subgraphs.*.title"))
    else:
        titles = []
    paths = (path for path in _LABELS.get(kind, "").split() if path != "subgraphs.*.title")
    found = (*titles, *(one for path in paths for one in _at(model, path, field, values)))
    texts = (bare(one) for one in found if isinstance(one, str))
    return Counter(text for text in texts if text)


def _parts(model: Mapping[str, Any], kind: str) -> tuple[int, int]:
    """Count the nodes and the edges that a drawing of this kind marks."""
    nodes, edges = (list(_at(model, path)) if path else [] for path in _PARTS.get(kind, ("", "")))
    if kind == "state":
        nodes = [one for one in nodes if one.get("shape") not in {"noteGroup", "divider"}]
    if kind in {"flowchart", "swimlane"}:
        groups = {one.get("id") for one in _at(model, "subgraphs.*")}
        nodes = [one for one in nodes if one.get("id") not in groups]
        edges = [one for one in edges if one.get("stroke") != "invisible"]
    if kind == "sequence":
        edges = [one for one in edges if one.get("from") and one.get("to") and one.get("type") != _NOTE]
    return len(nodes), len(edges)


def _at(
    value: Any,  # noqa: ANN401 -- a model is JSON of many shapes
    path: str,
    field: str = "",
    values: frozenset[object] = frozenset(),
) -> Iterator[Any]:
    """Yield what stands at a path, in which `*` is every element of a list or an object.

    field, values: elements with one of these values in that field are left out.
    """
    name, _, rest = path.partition(".")
    if name == "*":
        inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    else:
        inner = [value[name]] if isinstance(value, dict) and name in value else []
    for one in inner:
        if not (field and isinstance(one, dict) and one.get(field) in values):
            yield from _at(one, rest, field, values) if rest else (one,)
