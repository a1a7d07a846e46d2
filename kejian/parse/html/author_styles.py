"""Detects what a deck's own style sheets have rules for: parts of the house style, which then step back, and classes.

A part steps back as a whole, since half of the house's header and half of the author's would be neither. Rules that
only set colours (`color`, `background` …) replace no part; they still win, because the house style is in a lower
cascade layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kejian.core import css
from kejian.core.model import AuthorStyles

if TYPE_CHECKING:
    from tinycss2.ast import Node

_BOX = frozenset(
    "display position float flex flex-direction flex-flow flex-wrap justify-content align-items align-content gap grid "
    "grid-template grid-template-columns grid-template-areas columns width height min-width max-width min-height "
    "max-height margin margin-top margin-right margin-bottom margin-left margin-block margin-inline padding "
    "padding-top padding-right padding-bottom padding-left padding-block padding-inline top right bottom left "
    "inset".split()
)
_LAID_OUT = frozenset(
    "display position float flex-direction flex-flow grid grid-template grid-template-columns".split()
)
_TYPE = frozenset(
    "font font-size line-height text-align text-indent text-transform list-style list-style-type list-style-image "
    "list-style-position border border-top border-bottom border-left background background-image".split()
)
_TEXT = frozenset("font font-size font-family line-height text-align".split())
_PADDING = frozenset(name for name in _BOX if name.startswith("padding"))


class Part(NamedTuple):
    """A part of the house style, and the kind of rule that replaces it: for which elements, setting
    which properties.
    """

    name: str
    subjects: frozenset[str]
    properties: frozenset[str]


def _part(name: str, subjects: str, properties: frozenset[str]) -> Part:
    return Part(name, frozenset(subjects.split()), properties)


PARTS = (
    _part("header", ".header .title", _LAID_OUT | {"width"}),
    _part("logo", ".hust .logo", _BOX),
    _part("footer", ".footer .bottom_left .bottom_center .bottom_right", _LAID_OUT | {"width"}),
    _part("padding", "section", _PADDING),
    _part("text", "html body section .reveal .slides .reveal-viewport", _TEXT),
    _part("headings", "h1 h2 h3 h4 h5 h6", _BOX | _TYPE),
    _part("paragraphs", "p", _BOX | _TYPE),
    _part("lists", "ul ol li dl dt dd", _BOX | _TYPE),
    _part("rules", "hr", _BOX | _TYPE),
    _part("links", "a", _BOX | {"text-decoration", "border-bottom"}),
    _part("quotes", "blockquote", _BOX | _TYPE),
    _part("tables", "table th td thead tbody tr", _BOX | _TYPE),
    _part("pictures", "img video", _BOX),
    _part("listings", "pre code", _BOX | _TYPE),
)
FRAME = "frame"
"""The part that gives a slide its height and its header and footer their places; it stays as long as these do."""

ALL = (FRAME, *(part.name for part in PARTS), "formulas")

_NAMED = frozenset({"header", "logo", "footer"})
"""Parts that are what they are wherever they stand, and that whatever is laid out within them belongs to."""

_AROUND = frozenset(
    "html body main div section .reveal .slides .slide .present .body .reveal-viewport .page :root * "
    "ul ol li p table thead tbody tr blockquote pre".split()
)
"""What a selector may name around an element without being about a special one."""

_GROUPS = frozenset({"media", "supports", "layer", "container"})
_COMBINATORS = frozenset({">", "+", "~"})


def of(sheets: Sequence[str]) -> AuthorStyles:
    """Return what the style sheets have rules for; an unreadable one is ignored."""
    found = [_of(sheet) for sheet in sheets]
    return AuthorStyles(
        frozenset().union(*(one.parts for one in found)), frozenset().union(*(one.classes for one in found))
    )


@lru_cache(maxsize=32)
def _of(sheet: str) -> AuthorStyles:
    parts, classes = set[str](), set[str]()
    for selector, properties in _rules(css.nodes(sheet)):
        compounds = list(_compounds(selector))
        subject = compounds[-1] if compounds else frozenset()
        classes.update(name[1:] for name in subject if name.startswith("."))
        around = frozenset().union(*compounds)
        parts.update(part.name for part in PARTS if _takes(part, subject, around, properties))
    return AuthorStyles(frozenset(parts), frozenset(classes))


def _takes(part: Part, subject: frozenset[str], around: frozenset[str], properties: frozenset[str]) -> bool:
    if part.name in _NAMED and part.subjects & around and _LAID_OUT & properties:
        return True
    if not (part.subjects & subject and part.properties & properties):
        return False
    return part.name in _NAMED or not any(name[0] in ".#" for name in around - part.subjects - _AROUND)


def _rules(nodes: Sequence[Node]) -> Iterator[tuple[list[Node], frozenset[str]]]:
    """Yield each selector with the properties that its rule sets, including rules in `@media` and the like."""
    queue = [nodes]
    while queue:
        for prelude, block in _blocks(queue.pop()):
            first = prelude[0] if prelude else None
            if first is None or first.type != "at-keyword":
                properties = frozenset(_properties(block))
                yield from ((selector, properties) for selector in _split(prelude, frozenset({","})))
            elif first.lower_value in _GROUPS and not _paper(prelude):
                queue.append(block)


def _paper(prelude: Sequence[Node]) -> bool:
    return any(node.type == "ident" and node.lower_value == "print" for node in prelude)


def _blocks(nodes: Sequence[Node]) -> Iterator[tuple[list[Node], Sequence[Node]]]:
    """Yield the prelude and the content of each block in braces."""
    prelude: list[Node] = []
    for node in nodes:
        if node.type == "{} block":
            yield prelude, node.content
            prelude = []
        elif node == ";":
            prelude = []
        elif node.type != "comment" and not (node.type == "whitespace" and not prelude):
            prelude.append(node)


def _properties(block: Sequence[Node]) -> Iterator[str]:
    for declaration in _split(block, frozenset({";"})):
        written = [node for node in declaration if node.type not in ("whitespace", "comment")]
        if len(written) > 1 and written[0].type == "ident" and written[1] == ":":
            yield written[0].lower_value


def _split(nodes: Sequence[Node], at: frozenset[str]) -> Iterator[list[Node]]:
    part: list[Node] = []
    for node in nodes:
        if node.type == "literal" and node.value in at:
            yield part
            part = []
        else:
            part.append(node)
    yield part


def _compounds(selector: Sequence[Node]) -> Iterator[frozenset[str]]:
    """Yield the names in each compound of a selector: `.class`, `#id`, `type`."""
    names = set[str]()
    before = ""
    for node in selector:
        if node.type == "whitespace" or (node.type == "literal" and node.value in _COMBINATORS):
            if names:
                yield frozenset(names)
            names, before = set(), ""
            continue
        names.update(_names(node, before))
        before = node.value if node.type == "literal" else ""
    if names:
        yield frozenset(names)


def _names(node: Node, before: str) -> Iterator[str]:
    if node.type == "ident" and before != ":":
        yield "." + node.value if before == "." else node.lower_value
    elif node.type == "hash":
        yield "#" + node.value
    elif node.type == "function" and node.lower_name in ("is", "where"):
        before = ""
        for one in node.arguments:  # selectors in brackets within these are ignored
            yield from _names(one, before) if one.type != "function" else ()
            before = one.value if one.type == "literal" else ""
