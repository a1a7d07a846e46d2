"""Detects near misses of slide marks, `.element` comments, imports and text macros.

They have no effect in Markdown Preview Enhanced either; each is reported with the line that was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'>]+)"""
_ITEM = rf"(?:[A-Za-z][\w-]*={_VALUE}|(?:vertical|class|id|data-[\w-]+)\s*:\s*{_VALUE}|[.#][A-Za-z][\w-]*|vertical)"
_LIST = rf"{_ITEM}(?:[\s,]+{_ITEM})*[\s,]*"
_LIKE_MARK = re.compile(rf"\.?slides?\s*(?::\s*)?\{{?\s*((?:{_LIST})?)\}}?", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)-->")
_BROKEN = re.compile(r"\s*<\s*!?\s*[-–—]{1,3}\s*\.?slides?\b([^<>]*?)[-–—]{1,3}\s*>\s*", re.IGNORECASE)
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_ELEMENT = re.compile(r"\.?elements?\b\s*:?(.*)", re.IGNORECASE | re.DOTALL)
_IMPORT = re.compile(r"(?:[-*+>]\s+)*@import\b(?!\s*url\s*\()(.*)", re.IGNORECASE)
_PATH = re.compile(r"\s*(?:[\"“”]([^\"“”]+)[\"“”]|[‘’']([^‘’']+)[‘’']|[「(<]?([^\s\"'“”‘’「」(){}<>;]+)[」)>]?)")
_FILE = re.compile(r".*(?:/|\.[A-Za-z0-9]{1,9}(?:#.*)?$)")
_ITEMS = re.compile(_LIST)
LONGEST = 1000
"""Characters of a mark or a line that anyone writes by hand."""
_SHORT = 60


class NearMiss(NamedTuple):
    """A line without effect: the finding's code, its column, what is wrong, what to type."""

    code: str
    column: int
    message: str
    hint: str


def in_comment(text: str) -> NearMiss | None:
    """Detect a near miss in the `text` of a comment at the start of a line that is not a slide mark."""
    if len(text) > LONGEST:
        return None
    mark = _LIKE_MARK.fullmatch(text.strip())
    if mark:
        return _mark(0, mark[1], "it is dropped as a comment")
    element = _ELEMENT.fullmatch(text.strip())
    if element and (text.lstrip().startswith(".") or _ITEMS.fullmatch(element[1].strip())):
        message = "a comment at the start of a line is dropped, and sets no attributes"
        hint = f"put it at the end of the line it is about: text <!-- .element: {element[1].strip()[:_SHORT]} -->"
        return NearMiss("almost-a-mark", 0, message, hint)
    return None


def in_line(line: str, macros: Collection[str]) -> NearMiss | None:
    """Detect a near miss in a line that is no import and begins with no comment. macros: those with fields."""
    if len(line) > LONGEST:
        return None
    if "<" in line and "slide" in line.lower():
        return _inner_mark(line)
    text = line.strip()
    if "@" in line and (found := _IMPORT.match(text)):
        return _import(line, found[1])
    for name in macros:
        behind = text[len(name) : len(name) + 1]
        if text.startswith(name) and (behind in ("：", ":", "\u3000", "\t") or "\u3400" <= behind <= "\u9fff"):
            rest = text[len(name) :].lstrip("：:\u3000\t ")[:_SHORT]
            message = f"`{name}` stands here as text: a blank ends the name of a text macro"
            return NearMiss("almost-a-macro", line.index(name), message, f"write {name} {rest}")
    return None


def _inner_mark(line: str) -> NearMiss | None:
    """Detect a slide mark that does not begin its line, or uses other dashes."""
    broken = None if "<!--" in line and "-->" in line else _BROKEN.fullmatch(line)
    if broken:
        return _mark(len(line) - len(line.lstrip()), broken[1], "it is text on the slide")
    if line.startswith(("    ", "\t")):  # most often code
        return None
    bare = _CODE.sub(lambda found: "`" * len(found[0]), line)
    for comment in _COMMENT.finditer(bare):
        mark = _LIKE_MARK.fullmatch(comment[1].strip())
        if mark and comment.start():
            return _mark(comment.start(), mark[1], "only a comment at the very start of its line is one")
    return None


def _mark(column: int, attributes: str, why: str) -> NearMiss:
    better = " ".join(["<!-- slide", *attributes.split(), "-->"])[: 2 * _SHORT]
    return NearMiss(
        "almost-a-mark",
        column,
        f"this looks like a slide mark and is none: {why}",
        f"write {better} at the start of a line of its own",
    )


def _import(line: str, rest: str) -> NearMiss | None:
    path = _PATH.match(rest)
    target = next(filter(None, path.groups()), "") if path else ""
    if path is None or not _FILE.match(target):
        return None
    items = rest[path.end() :].strip("\"'“”‘’「」() ;{}>")
    attributes = f" {{{items}}}" if _ITEMS.fullmatch(items) else ""
    message = "this looks like an import and stays text"
    hint = f'write @import "{target[:_SHORT]}"{attributes} on a line of its own'
    return NearMiss("almost-an-import", line.lower().index("@import"), message, hint)
