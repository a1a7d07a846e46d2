"""Limits the nesting depth of a slide's elements.

A browser's HTML repair walks up the open elements at every tag, and reopens unclosed formatting in each paragraph. Both
are quadratic for a slide that leaves a thousand elements open.
"""

from __future__ import annotations

import re
from itertools import islice

from kejian.parse.tags import TAG

DEEPEST = 100
_MARKERS = 20
_LONG = 1000
_MOST = 100
_ATTRIBUTE = re.compile(r"""[\s/]++[^\s"'<>/=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>]*+))?""")
_ENDLESS = frozenset(
    "area base br col embed hr img input link meta param source track wbr "  # have no end
    "p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup rp rt rb rtc".split()  # end by themselves
)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_HTML = frozenset(
    "b big blockquote body br center code dd div dl dt em embed font h1 h2 h3 h4 h5 h6 head hr i img li listing menu "
    "meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)
"""What ends a drawing wherever it stands in it (HTML, 13.2.6.5)."""

_WORDS = frozenset("title desc foreignobject annotation-xml mi mo mn ms mtext".split())
"""Elements of drawings and formulas that hold HTML."""


def bounded(html: str) -> tuple[str, str]:
    """Return `html` without the opening tags that are nested too deep or too many, and the first of these or ""."""
    if html.count("<") <= min(DEEPEST, _MARKERS) and len(html) <= _LONG:
        return html, ""
    opened = _Opened()
    done = 0
    first, parts = "", []
    for tag in TAG.finditer(html):
        ends, empty = bool(tag["slash"]), tag[0].endswith("/>")
        if tag["name"] and (_crowded(tag[0]) or not opened.takes(tag["name"].lower(), ends=ends, empty=empty)):
            first = first or tag[0]
            parts.append(html[done : tag.start()])
            done = tag.end()
    return ("".join([*parts, html[done:]]), first) if first else (html, "")


def _crowded(tag: str) -> bool:
    """Return whether a tag has an unreasonable number of attributes; a browser compares each with all before it."""
    return len(tag) > _LONG and sum(1 for _ in islice(_ATTRIBUTE.finditer(tag), _MOST + 1)) > _MOST


class _Opened:
    """Counts open elements: in total, by name, and formatting elements, which a browser reopens."""

    def __init__(self) -> None:
        self._total = self._markers = 0
        self._named: dict[str, int] = {}
        self._drawing = False

    def takes(self, name: str, *, ends: bool, empty: bool) -> bool:
        """Count a tag; return whether it is within the limits. empty: it ends with `/>`, which matters only in
        drawings.
        """
        marker = name in _FORMATTING
        if self._in_drawing(name, ends=ends, empty=empty) and empty:
            return True
        if name in _ENDLESS or (ends and not self._named.get(name)):
            return True
        if not ends and (self._total >= DEEPEST or (marker and self._markers >= _MARKERS)):
            return False
        step = -1 if ends else 1
        self._named[name] = self._named.get(name, 0) + step
        self._total += step
        self._markers += step * marker
        return True

    def _in_drawing(self, name: str, *, ends: bool, empty: bool) -> bool:
        """Return whether the tag is inside a drawing or a formula, as far as that shows without repairing the HTML."""
        if name in ("svg", "math"):
            before, self._drawing = self._drawing, self._drawing if empty else not ends
            return before or empty
        if name in _WORDS:
            self._drawing = ends and bool(self._named.get("svg") or self._named.get("math"))
        elif name in _HTML:
            self._drawing = False
        return self._drawing
