"""Info strings of fenced code: the language, and attributes."""

from __future__ import annotations

import re

from markdown_it.common.utils import unescapeAll

from kejian.core.attributes import Attributes, parse

_INFO = re.compile(r"\s*([^\s{]*)(.*)", re.DOTALL)
GUTTER = {"numberLines": "line-numbers", "line-numbers": "line-numbers"}
"""Classes that ask for a gutter with line numbers, and the one that the theme knows."""


def read(info: str) -> tuple[str, Attributes]:
    """Parse an info string into language and attributes; without a language the first class is taken for it."""
    match = _INFO.fullmatch(info)
    assert match is not None  # the pattern matches any text
    word, rest = match[1], match[2]
    if word[:1] in (".", "#") or "=" in word:
        word, rest = "", info
    attributes = parse(rest)
    if word:
        return unescapeAll(word).lower(), attributes
    classes = [c for c in attributes.text("class").split() if c not in GUTTER]
    if not classes:
        return "", attributes
    others = [c for c in attributes.text("class").split() if c != classes[0]]
    return classes[0].lower(), attributes.updated(**{"class": " ".join(others)})
