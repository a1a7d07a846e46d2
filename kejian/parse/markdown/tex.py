r"""Formula delimiters: `$…$` `\(…\)` inline and `$$…$$` `\[…\]` displayed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from kejian.core.dialect import Dialect
from kejian.parse.markdown.render_state import RenderState


class Delimiters(NamedTuple):
    """A pair of delimiters, and whether the formula between them is displayed."""

    opener: str
    closer: str
    display: bool


DISPLAY = Delimiters("$$", "$$", display=True)
INLINE = Delimiters("$", "$", display=False)
PAIRS = (DISPLAY, INLINE, Delimiters("\\[", "\\]", display=True), Delimiters("\\(", "\\)", display=False))


@cache
def openers(dialect: Dialect) -> Mapping[str, Delimiters]:
    """Return the pairs that a dialect enables, by opening delimiter."""
    read = {*dialect.inline_math, *dialect.display_math}
    return {pair.opener: pair for pair in PAIRS if (pair.opener, pair.closer) in read}


def find_closer(text: str, closer: str, start: int, end: int) -> int:
    """Return the first position of an unescaped `closer` in `text[start:end]`, or -1."""
    pos = text.find(closer, start, end)
    while pos >= 0 and _protected(text, pos, start):
        pos = text.find(closer, pos + 1, end)
    return pos


def _protected(text: str, pos: int, start: int) -> bool:
    first = pos
    while first > start and text[first - 1] == "\\":
        first -= 1
    return (pos - first) % 2 == 1


def find_once(rendering: RenderState, text: str, closer: str, start: int, end: int) -> int:
    """Like `find_closer`, remembering failed searches, so that a run of openers without a closer costs one scan."""
    _, first, last = rendering.unclosed.get((id(text), closer), (text, end + 1, end))
    if first <= start and end <= last:
        return -1
    pos = find_closer(text, closer, start, end)
    if pos < 0:
        rendering.unclosed[id(text), closer] = (text, start, end)
    return pos


_TEXT = re.compile(r"\\(?:text\w*|mbox|hbox|operatorname\*?|mathrm|mathbf|class|tag)\s*\{[^{}]*\}")
_MARKS = re.compile("[，。；：！？、“”《》]")
_PRICE = re.compile(r"\s*[0-9][0-9.,]*\s*[\u3400-\u9fff]|[0-9][0-9.,]*\s(?:[^\\$]*\s)?[A-Za-z]{2,}\s(?:[^\\$]*\s)?\Z")


def prose(tex: str) -> str:
    """Return why text between single dollars is prose rather than a formula (prices), "" if it is a formula."""
    bare = _TEXT.sub("", tex)
    if _MARKS.search(bare):
        return "Chinese punctuation stands in it"
    return "it begins as a price does, and goes on as a sentence" if _PRICE.match(bare) else ""


def trimmed(tex: str) -> str:
    r"""Strip blanks around TeX; the blank of a final `\ ` belongs to that command and is kept."""
    bare = tex.strip()
    return bare + " " if _protected(bare, len(bare), 0) else bare
