"""What is being typed at the cursor: the beginning of which kind of word.

A look at one line that is not finished, and that no parser could read yet; what is finished is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from kejian.core.attributes import Attributes, parse
from kejian.parse.lines.comments import MARK
from kejian.parse.lines.verbatim import Blocks

WordKind = Literal[
    "path",
    "link",
    "name",
    "value",
    "class",
    "call",
    "macro",
    "tex",
    "label",
    "reference",
    "cited",
    "icon",
    "emoji",
    "variable",
    "container",
]
"""`label` is one in `\\ref{…}`, `reference` one after `@`, `cited` either that or a work after `[@`."""
Braces = Literal["import", "slide", "listing", "element"]
"""What the attributes in braces belong to."""

_PATH = re.compile(r'@import\s+"([^"]*)$')
_LINK = re.compile(r"\]\(([^()\s]*)$")
_IMPORT = re.compile(r'@import\s+"([^"]+)"\s*\{([^{}]*)$')
_FENCE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})\s*[\w+#.-]*\s*\{([^{}]*)$")
_ELEMENT = re.compile(r"[^\s$\\]?\{([.#:][^{}]*)$")
_CONTAINER = re.compile(r"^[ \t>]*:{3,}[ \t]*\{?[ \t]*\.?([\w-]*)$")
_VALUE = re.compile(r"(?:^|[\s,])([\w-]+)=(?:\"([^\"]*)|'([^']*)|([^\s\"',=]*))$")
_CLASS = re.compile(r"(?:^|[\s,])\.([\w-]*)$")
_NAME = re.compile(r"(?:^|[\s,])([\w-]*)$")
_CALL = re.compile(r"`\{python\} ([\w.]*)$")
_REFERENCE = re.compile(r"\\(?:eq)?ref\s*\{([^{}]*)$")
_TEX = re.compile(r"\\([A-Za-z]*)$")
_CITED = re.compile(r"\[(?:[^\]\[]*[;\s-])?-?@([\w:.#-]*)$")
_AT = re.compile(r"(?<![\w.+/-])@([\w:.-]*)$")
_ICON = re.compile(r":fa-([a-z0-9-]*)$")
_EMOJI = re.compile(r"(?<![A-Za-z0-9:]):([a-z0-9_+-]+)$")
_VARIABLE = re.compile(r"\{\{[ \t]*([\w.-]*)$")
_MACRO = re.compile(r"^[ \t]*([^\W\d_][\w]*)$")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_FARTHEST = 20
"""Lines above the cursor in which the beginning of a slide mark is looked for."""


class Cursor(NamedTuple):
    """A word that is being typed. start: the letter of the line where it begins.

    braces, attribute, target, attributes: within braces, what they belong to, the attribute whose value it is, the
    import's target, and what else stands there.
    """

    kind: WordKind
    word: str
    start: int
    braces: Braces = "element"
    attribute: str = ""
    target: str = ""
    attributes: Attributes = Attributes()


def cursor(lines: Sequence[str], line: int, column: int) -> Cursor | None:
    """Return what is being typed at a place; `None` where nothing can be completed."""
    if not 0 < line <= len(lines):
        return None
    head = lines[line - 1][:column]
    if _in_code(lines, line):
        return _first(head, _TEXED) if _fenced(lines, line) == "$" else None
    bare = _blanked(head)
    within = "`" in bare and "`" in lines[line - 1][column:]
    return _in_mark(lines, line, head) or _in_braces(head) or _first(bare, _CODED if within else _PATTERNS)


def _in_code(lines: Sequence[str], line: int) -> bool:
    return _fenced(lines, line) != ""


def _fenced(lines: Sequence[str], line: int) -> str:
    """Return the first sign of the fence around a line, "" outside of any; the fences themselves are outside."""
    blocks, at = Blocks(lines), 0
    while at < line:
        end, _ = blocks.verbatim(at)
        if end > at and at + 1 < line <= end:
            closed = line == end and not lines[at].lstrip().startswith("$$")
            return "" if closed else lines[at].lstrip(" \t>")[:1] or "`"
        at = max(end, at + 1)
    return ""


def _in_mark(lines: Sequence[str], line: int, head: str) -> Cursor | None:
    """Return the word within a slide mark, which may begin some lines above."""
    above: list[str] = [head]
    for number in range(line - 1, max(0, line - _FARTHEST), -1):
        if above[0].startswith("<!--"):
            break
        if "-->" in above[0]:
            return None
        above.insert(0, lines[number - 1])
    text = "\n".join(above)
    mark = MARK.match(f"{text} ")
    if not mark or "-->" in text:
        return None
    return _attribute(text[mark.end() :] if mark.end() <= len(text) else "", head, "slide")


def _in_braces(head: str) -> Cursor | None:
    if found := _IMPORT.search(head):
        return _attribute(found[2], head, "import", found[1])
    if found := _FENCE.search(head):
        return _attribute(found[1], head, "listing")
    found = _ELEMENT.search(_blanked(head))
    return _attribute(found[1], head, "element") if found else None


def _attribute(inside: str, head: str, braces: Braces, target: str = "") -> Cursor | None:
    """Return the attribute, its value or the class that is being typed at the end of `inside`."""
    known = parse(inside)
    if found := _VALUE.search(inside):
        value = next(one for one in found.groups()[1:] if one is not None)
        word = value.rpartition(" ")[2].rpartition(",")[2]
        return Cursor("value", word, len(head) - len(word), braces, found[1], target, known)
    if found := _CLASS.search(inside):
        return Cursor("class", found[1], len(head) - len(found[1]), braces, "", target, known)
    found = _NAME.search(inside)
    return Cursor("name", found[1], len(head) - len(found[1]), braces, "", target, known) if found else None


def _blanked(head: str) -> str:
    """Return the line up to the cursor with blanks in place of code that is closed."""
    return _CODE.sub(lambda code: " " * len(code[0]), head) if "`" in head else head


def _first(head: str, patterns: Sequence[tuple[WordKind, re.Pattern[str]]]) -> Cursor | None:
    for kind, pattern in patterns:
        if found := pattern.search(head):
            return Cursor(kind, found[1], found.start(1))
    return None


_CODED: Sequence[tuple[WordKind, re.Pattern[str]]] = (("call", _CALL),)
_TEXED: Sequence[tuple[WordKind, re.Pattern[str]]] = (("label", _REFERENCE), ("tex", _TEX))
_PATTERNS: Sequence[tuple[WordKind, re.Pattern[str]]] = (
    ("path", _PATH),
    ("link", _LINK),
    *_CODED,
    *_TEXED,
    ("cited", _CITED),
    ("reference", _AT),
    ("icon", _ICON),
    ("emoji", _EMOJI),
    ("variable", _VARIABLE),
    ("container", _CONTAINER),
    ("macro", _MACRO),
)
