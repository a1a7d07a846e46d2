"""Every word of a source looked for in its drawing, whichever engine has drawn it.

A word is drawn, or names something that the engine has read, or belongs to the language. Comments, styles and settings
are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_KEYWORDS = frozenset(
    """
    graph flowchart td tb bt rl lr subgraph end direction fa fab fas far elk swimlane sequencediagram participant
    actor create destroy activate deactivate note over left right of as loop alt else opt par and critical option
    break rect rgb rgba box autonumber title acctitle accdescr br sub sup wrap nowrap classdiagram class namespace
    for lollipop erdiagram pk fk uk statediagram v2 state fork join choice history xychart beta axis bar line
    horizontal vertical transparent default gantt section crit active done milestone vert after until dateformat
    axisformat tickinterval excludes includes todaymarker weekday weekend yyyy mm dd hh ss sss pie showdata journey
    timeline mindmap icon root gitgraph commit branch checkout switch merge id tag type order msg normal reverse
    highlight cherry pick parent quadrantchart quadrant radius color stroke width sankey block columns space packet
    kanban assigned ticket priority architecture service group junction in cloud database disk internet server
    requirementdiagram requirement functionalrequirement interfacerequirement performancerequirement
    physicalrequirement designconstraint element text risk verifymethod docref satisfies contains copies derives
    verifies refines traces low medium high analysis inspection test demonstration c4context c4container c4component
    c4dynamic c4deployment person system systemdb systemqueue container component rel birel boundary enterprise ext
    db queue deployment node radar curve max min ticks graticule showlegend circle polygon treemap zenuml treeview
    """.split()
)
_NOT_SHOWN = re.compile(
    r"%%|(?:classDef|linkStyle|style|click|callback|link|links|href|cssClass|direction|accTitle|accDescr|autonumber|"
    r"activate|deactivate|destroy|create|dateFormat|axisFormat|tickInterval|excludes|includes|todayMarker|weekday|"
    r"weekend|columns|space|Update\w+|properties|details|order|branch\s.*\border:)\b|"
    r"(?:x-axis|y-axis|bar|line)\b(?![^\"\[]*[\"\[].*[^\W\d])"
)
_FLOW_CLASS = re.compile(r"class\s+[\w,\s]+\s\w+\s*;?\s*\Z")
_TASK = re.compile(r"\A([^:]*:).*\Z")
_MARKUP = re.compile(
    r"<<\w+>>|<(?:/?[a-zA-Z][^<>]*)>|[&#]\w{1,10};|:::\s*[\w,\s-]+|\bfa[bsrl]?:fa-[\w-]+|\b[xy]-axis|::icon\([^)]*\)|"
    r"@\{[^{}]*\}|(?<=\s)%%.*"
)
_FRONT = re.compile(r"\A\s*---\n.*?\n\s*---\s*\n", re.DOTALL)
_MESSAGE = re.compile(r"<?<?--?(?:>>?|x|\)|\||/|\\)")
_WORD = re.compile(r"[^\W\d_][^\W_]*")
_NAME = re.compile(r"[\w-]+(?=[\[({<>)])|(?<=[\]>]\()\w+")
_FENCE, _TITLE = "---", "title:"


def undrawn(source: str, text: str, known: str) -> tuple[str, int]:
    """Return the first word that is missing, as a clause, and its line; "" and 0 if none is.

    text: the words of the drawing, in lower case. known: what the engine has read besides.
    """
    read = known.lower()
    found = set(_KEYWORDS)
    for number, line in shown(source):
        for word in _WORD.findall(line):
            small = word.lower()
            if small in found or small in text or small in read:
                found.add(small)
            else:
                return f"the engine leaves out `{word}`", number
    return "", 0


def names(source: str) -> str:
    """Return the words before brackets, which name nodes, for an engine that gives no reading of its own."""
    return " ".join(_NAME.findall(source))


def kind(source: str) -> str:
    """Return a diagram's first word in lower case."""
    lines = iter(_FRONT.sub("", source).split("\n"))
    head = next((line.strip() for line in lines if line.strip() and not line.strip().startswith("%%")), "")
    return "".join(head.split(maxsplit=1)[:1]).lower()


def shown(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines whose words are drawn, numbered and without markup."""
    which = kind(source)
    flow, gantt = which in ("graph", "flowchart"), which == "gantt"
    for number, line in _body(source):
        if not line or _NOT_SHOWN.match(line) or (flow and _FLOW_CLASS.match(line)):
            continue
        line = _TASK.sub(r"\1", line) if gantt else _MESSAGE.sub(" ", line) if which == "sequencediagram" else line
        yield number, unescape(_MARKUP.sub(" ", line))


def _body(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines, numbered and stripped; of front matter only the title, which is drawn."""
    within, seen = False, False
    for number, line in enumerate(map(str.strip, source.split("\n")), 1):
        if line == _FENCE and (within or not seen):
            within = not within
        elif within:
            yield from ([(number, line[len(_TITLE) :].strip())] if line.startswith(_TITLE) else [])
        else:
            yield number, line
        seen = seen or bool(line)
