"""Formulas in raw HTML: text nodes outside `script style pre code textarea` are scanned as in Markdown.

As with typesetting in a browser, entities are decoded, `<` before a letter begins a tag, and a formula ends at the
first delimiter outside braces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping
from html import unescape
from typing import NamedTuple

from kejian.core.dialect import DEFAULT, Dialect
from kejian.parse.markdown.tex import Delimiters, find_closer, openers, trimmed
from kejian.parse.tags import TAG, known

_VERBATIM = frozenset({"script", "style", "pre", "code", "textarea"})
_OPENER = re.compile(r"\\[(\[]|\\[\s\S]|\$+")
_STOP = re.compile(r"\\[\s\S]|[{}]|\$\$?")


class HtmlFormula(NamedTuple):
    """A formula in raw HTML: the start and end of its source, its TeX, and whether it is displayed.

    Empty TeX stands for an escaped dollar.
    """

    start: int
    end: int
    tex: str
    display: bool


Problem = Callable[[int, re.Match[str]], None]
"""Told where a formula begins and the tag that stands inside it."""


def formulas(html: str, problem: Problem, dialect: Dialect = DEFAULT) -> Iterator[HtmlFormula]:
    """Yield the formulas in `html`, in order."""
    pairs = openers(dialect)
    if "$" not in html and "\\(" not in html and "\\[" not in html:
        return
    start = 0
    verbatim = 0
    for tag in TAG.finditer(html):
        open_at = -1
        if not verbatim and start < tag.start():
            open_at = yield from _in_text(html, start, tag.start(), pairs)
        if open_at >= 0 and _cuts(html, tag):
            problem(open_at, tag)
        if tag["name"] and tag["name"].lower() in _VERBATIM:
            verbatim = max(0, verbatim + (-1 if tag["slash"] else 1))
        start = tag.end()
    if not verbatim:
        yield from _in_text(html, start, len(html), pairs)


def _cuts(html: str, tag: re.Match[str]) -> bool:
    """Return whether an opening tag right after an open formula looks like a part of that formula."""
    if not tag["name"] or tag["slash"]:
        return False
    after = html.find("<", tag.end())
    rest = html[tag.end() : after if after >= 0 else len(html)]
    return "$" in tag[0] or (not known(tag["name"]) and "$" in rest)


def _in_text(html: str, start: int, end: int, pairs: Mapping[str, Delimiters]) -> Generator[HtmlFormula, None, int]:
    """Yield the formulas of one text node; return the position of a formula left open, or -1."""
    open_at = -1
    balanced = True
    unclosed: set[str] = set()
    pos = start
    while opener := _OPENER.search(html, pos, end):
        pos = opener.end()
        pair = pairs.get(opener[0])
        if opener[0] == "\\$":
            yield HtmlFormula(opener.start(), pos, "", display=False)
        if pair is None:
            continue
        close = _balanced_closer(html, pair, pos, end) if balanced else -1
        if close < 0 and pair.closer not in unclosed:
            balanced = False  # after one failed scan, the first closer ends any formula
            close = find_closer(html, pair.closer, pos, end)
        if close < 0:
            unclosed.add(pair.closer)
            open_at = opener.start()
        elif not html[pos:close].isspace() and close > pos:
            yield HtmlFormula(
                opener.start(), close + len(pair.closer), trimmed(unescape(html[pos:close])), pair.display
            )
            pos = close + len(pair.closer)
    return open_at


def _balanced_closer(html: str, pair: Delimiters, pos: int, end: int) -> int:
    depth = 0
    for stop in _STOP.finditer(html, pos, end):
        if stop[0] == "{":
            depth += 1
        elif stop[0] == "}":
            depth -= 1
        elif depth <= 0 and stop[0].startswith(pair.closer):
            return stop.start()
    return -1
