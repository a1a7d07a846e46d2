"""What to type where a Mermaid diagram cannot be drawn, or where a part of it is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kejian.makers import dot

KINDS = "flowchart LR, sequenceDiagram, classDiagram, stateDiagram-v2, erDiagram, gantt, pie, mindmap, timeline"

_HINTS = (
    (r"no Mermaid engine", "`pip install merman`, or `pip install mermaidx` where that has no wheel"),
    (
        r"(?i)no (?:mermaid )?diagram|UnknownDiagram|draws nothing",
        f"begin with the kind, then a part: {KINDS}",
    ),
    (r"`math`", 'write the formula below the diagram, and words in it, as in a["x squared"]'),
    (
        r"statement separator|expected central",
        "write #59; for a semicolon in a text, and each statement on a line of its own",
    ),
    (r"gitGraph reference", 'write the name in quotes, as in branch "特性"'),
    (r'expected "class", "namespace"|struct stop', "write the braces and each member of a class on lines of their own"),
    (r"leaves out|nodes|connections", 'take it out of the fence, or write its label in quotes, as in a["…"]'),
    (r"limit|too (?:large|many)|budget", "make two diagrams of it, in two fences"),
    (r"gave up or took", "make two diagrams of it, in two fences"),
)
_SYNTAX = 'check the brackets, quotes and arrows there; a label with brackets in it stands in quotes, as in a["f(x)"]'
_CLICK = re.compile(r"\A\s*(?:click|link|callback)\s+\S+\s+(?P<rest>.*)")
_ADDRESS = re.compile(r"\A(?:href\s+)?\"(?P<link>[^\"]*)\"")
_MENU = re.compile(r"\A\s*(?:links|link|properties|details)\s+[^:\s]+\s*:")
_ICON = re.compile(r"\bfa[bsrlk]?:fa-[\w-]+|::icon\([^)]*\)")
_LONGEST = 1000


def hint(message: str, line: int) -> str:
    """Return what to type where an engine refuses a source. line: 0 where it is not known."""
    found = next((text for pattern, text in _HINTS if re.search(pattern, message)), "")
    return found or (_SYNTAX if line else f"try the source with one part, then add to it; kinds: {KINDS}")


def left_out(source: str) -> Iterator[tuple[str, int, str, str]]:
    """Yield what a drawing does not keep of a source: a code, the line, a clause, and what to type."""
    for number, line in enumerate(source.split("\n"), 1):
        if len(line) < _LONGEST:
            yield from ((code, number, what, do) for code, what, do in _line(line))


def _line(line: str) -> Iterator[tuple[str, str, str]]:
    for icon in _ICON.finditer(line):
        what = f"the drawing leaves out the icon `{icon[0].strip()}`: a diagram holds no icon fonts"
        yield "diagram-part", what, "take it out, or write a character in its place, as in 🚗"
    if _MENU.match(line):
        what = "the drawing leaves out this menu: a diagram runs no scripts"
        yield "diagram-part", what, "write the links on the slide, [text](b.html)"
        return
    clicked = _CLICK.match(line)
    address = clicked and _ADDRESS.match(clicked["rest"])
    if address and not dot.allowed(address["link"]):
        what = f"the drawing leaves out the link {address['link']!r}: its scheme is not allowed"
        yield "bad-link", what, "use http:, https:, mailto:, a path in the course or #id"
    elif clicked and not address:
        what = "the drawing leaves out what this calls: a diagram runs no scripts"
        yield "diagram-part", what, 'write an address, click a "b.html", or take the line out'
