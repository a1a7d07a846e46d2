r"""Where a formula ends: the four pairs of delimiters, `$…$` `\(…\)` inline and `$$…$$` `\[…\]` displayed."""

from __future__ import annotations

from typing import NamedTuple

from kejian.markdown.rendering import Rendering


class Delimiters(NamedTuple):
    """A pair of delimiters, and whether the formula between them is displayed."""

    opener: str
    closer: str
    display: bool


DISPLAY = Delimiters("$$", "$$", display=True)
INLINE = Delimiters("$", "$", display=False)
PAIRS = (DISPLAY, INLINE, Delimiters("\\[", "\\]", display=True), Delimiters("\\(", "\\)", display=False))


def find_closer(text: str, closer: str, start: int, end: int) -> int:
    """The first place of `closer` in `text[start:end]` that no backslash protects, or -1."""
    pos = text.find(closer, start, end)
    while pos >= 0 and _protected(text, pos, start):
        pos = text.find(closer, pos + 1, end)
    return pos


def _protected(text: str, pos: int, start: int) -> bool:
    first = pos
    while first > start and text[first - 1] == "\\":
        first -= 1
    return (pos - first) % 2 == 1


def find_once(rendering: Rendering, text: str, closer: str, start: int, end: int) -> int:
    """`find_closer`, remembering a search in vain, so that a run of openers without closer costs one scan."""
    _, first, last = rendering.hopeless.get((id(text), closer), (text, end + 1, end))
    if first <= start and end <= last:
        return -1
    pos = find_closer(text, closer, start, end)
    if pos < 0:
        rendering.hopeless[id(text), closer] = (text, start, end)
    return pos


def trimmed(tex: str) -> str:
    r"""TeX without blanks around it; the blank of a final `\ ` is part of that command and stays."""
    bare = tex.strip()
    return bare + " " if _protected(bare, len(bare), 0) else bare
