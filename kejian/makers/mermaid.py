"""Detects what the Mermaid engine left out of a drawing, since it silently skips what it cannot parse.

Every word of the source must be drawn, or be the name of something that is, and every connection must be drawn.
Comments, styles and keywords are not checked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from xml.etree import ElementTree as ET

_LONGEST = 1000
_NAMES = ("data-id", "data-from", "data-to", "data-actor", "data-entity1", "data-entity2", "data-type")
_LINES = frozenset(("edge", "message", "class-relationship", "er-relationship"))
_KEYWORDS = frozenset(
    """
    graph flowchart td tb bt rl lr subgraph end direction fa fab fas far
    sequencediagram participant actor create destroy activate deactivate note over left right of as loop alt else opt
    par and critical option break rect rgb rgba box autonumber title acctitle accdescr br sub sup
    classdiagram class namespace for lollipop erdiagram pk fk uk statediagram v2 state fork join choice history
    xychart beta axis bar line horizontal vertical transparent default
    """.split()
)
_NOT_SHOWN = re.compile(
    r"%%|(?:classDef|linkStyle|style|click|callback|link|links|cssClass|direction|accTitle|accDescr|autonumber|"
    r"activate|deactivate|destroy)\b|(?:x-axis|y-axis|bar|line)\b(?!.*[\"\[].*[^\W\d])"
)
_FLOW_CLASS = re.compile(r"class\s+[\w,\s]+\s\w+\s*;?\s*\Z")
_MARKUP = re.compile(
    r"<<(?:fork|join|choice)>>|<(?:/?[a-zA-Z][^<>]*)>|[&#]\w{1,10};|:::\s*[\w,]+|\bfa[bsrl]?:fa-[\w-]+|\b[xy]-axis"
)
_WORD = re.compile(r"[^\W\d_][^\W_]*")
_TEXT = re.compile(r"\"[^\"\n]*\"|\|[^|\n]*\||\[\*\]|[\[({>]+[^\[\](){}\n]*[\])}]+|\{[^{}\n]*\}")
_LABELLED = re.compile(r"(?<=\s)(?:--|==|-\.)\s+[^\s\-=.>|][^\n]*?(?=(?:--|==|\.-)[->=ox])")
_ARROW = re.compile(r"(?:(?<=\s)[<ox])?(?:-{2,}|={2,}|-\.+-)(?:>|[ox](?=\s))?")
_TIGHT = re.compile(r"[^\s-]--|--[>ox]?[^\s>-]|[^\s=]==|==>?[^\s>=]|\[[/\\]")
"""What the engine often reads as a part of a name or a label."""
_RELATION = re.compile(
    r"\w[`\"]?\s*(?:\"[^\"]*\"\s*)?[<|*o}{]{0,2}(?:--|\.\.)[>|*o}{]{0,2}\s*(?:\"[^\"]*\"\s*)?[`\"]?\w"
)
_MESSAGE = re.compile(r"<?<?--?(?:>>?|x|\))")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The content of a drawing: its text and names in lower case without blanks, and its number of connections."""

    text: str
    lines: int


def left_out(source: str, document: str) -> tuple[str, int]:
    """Return what of `source` is missing in the engine's SVG `document`, and the source line; ""
    and 0 if nothing is.
    """
    drawn = _drawn(ET.fromstring(document))  # noqa: S314 -- an engine's output, as in `svg`
    kind = _kind(source)
    lines = list(_shown(source, kind))
    for number, line in lines:
        for word in _WORD.findall(line):
            if word.lower() not in _KEYWORDS and word.lower() not in drawn.text:
                return f"the engine leaves out `{word}`", number
    written = Counter({number: _count(kind, line) for number, line in lines})
    if written.total() > drawn.lines:
        what = f"the engine draws {drawn.lines} of the {written.total()} connections"
        return what, next((number for number, line in lines if written[number] and _TIGHT.search(line)), 0)
    return "", 0


def _drawn(root: ET.Element) -> _Drawn:
    texts = ["".join(element.itertext()) for element in root.iter() if element.tag.rpartition("}")[2] == "text"]
    names = [element.get(name, "") for element in root.iter() for name in _NAMES]
    kinds = Counter(element.get("class", "") for element in root.iter())
    bare = "\n".join("".join(part.split()).lower() for part in (*texts, *names))
    return _Drawn(bare, sum(kinds[name] for name in _LINES))


def _kind(source: str) -> str:
    """Return a diagram's first word in lower case."""
    lines = (line.strip() for line in source.split("\n"))
    head = next((line for line in lines if line and not line.startswith(("%%", "---"))), "")
    return "".join(head.split(maxsplit=1)[:1]).lower()


def _shown(source: str, kind: str) -> Iterator[tuple[int, str]]:
    """Yield the lines whose words are drawn, numbered and without markup."""
    flow = kind in ("graph", "flowchart")
    for number, line in enumerate(source.split("\n"), 1):
        text = line.strip()
        if not text or _NOT_SHOWN.match(text) or (flow and _FLOW_CLASS.match(text)):
            continue
        line = _MESSAGE.sub(_apart, line) if kind == "sequencediagram" else line
        yield number, unescape(_MARKUP.sub(" ", line))


def _apart(arrow: re.Match[str]) -> str:
    """Separate an arrow from the names beside it."""
    return f" {arrow[0].replace('x', '>')} "


def _count(kind: str, line: str) -> int:
    """Count the connections in a line of source."""
    return _COUNTED[kind](line) if kind in _COUNTED and len(line) < _LONGEST else 0


def _flow(line: str) -> int:
    """Count the connections of a flowchart line: `a & b --> c` has two, and one without an arrow none."""
    count = 0
    for statement in _TEXT.sub("", line).split(";"):
        groups = [1 + group.count("&") for group in _ARROW.split(_LABELLED.sub(" ", f" {statement}"))]
        count += sum(one * other for one, other in pairwise(groups))
    return count


def _state(line: str) -> int:
    return int("-->" in line.partition(":")[0])


def _sequence(line: str) -> int:
    return int(_MESSAGE.search(line.partition(":")[0]) is not None)


def _relation(line: str) -> int:
    return int(_RELATION.search(line.partition(":")[0]) is not None)


_COUNTED: Mapping[str, Callable[[str], int]] = {
    "graph": _flow,
    "flowchart": _flow,
    "statediagram": _state,
    "statediagram-v2": _state,
    "sequencediagram": _sequence,
    "classdiagram": _relation,
    "erdiagram": _relation,
}
