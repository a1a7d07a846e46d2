"""Emphasis beside Chinese, Japanese and Korean text: `**第一步：**打开` is bold.

CommonMark lets a run of stars open or close emphasis depending on the adjacent characters, and takes punctuation for
the end of a word. Scripts without blanks between words need wider rules, as in the "CJK friendly" amendment: their
punctuation counts as a letter, and any of their characters counts as the blank that is required on the other side of
foreign punctuation.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

_WIDE = frozenset("WFH")
_EMOJI = (range(0x2E80), range(0x1F000, 0x1F200), range(0x1F300, 0x1FB00))
_SELECTORS = (range(0xFE00, 0xFE0F), range(0xE0100, 0xE01F0))
"""Variation selectors, which say how the character before them is drawn; not U+FE0F, which makes it an emoji."""


class InlineParser(ParserInline):
    """markdown-it's inline parser with these rules for emphasis."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse the text `src` into tokens."""
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _State(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803 (overrides)
        marker, end = self.src[start], start
        while end < self.posMax and self.src[end] == marker:
            end += 1
        before = _before(self.src, start)
        after = self.src[end] if end < self.posMax else " "
        left = not _blank(after) and (not _foreign(after) or _apart(before))
        right = not _blank(before) and (not _foreign(before) or _apart(after))
        opens = left and (canSplitWord or not right or _mark(before))
        closes = right and (canSplitWord or not left or _mark(after))
        return Scanned(opens, closes, end - start)


def _before(text: str, start: int) -> str:
    """Return the character before `start`, skipping variation selectors; a blank at the beginning."""
    if start > 1 and any(ord(text[start - 1]) in one for one in _SELECTORS):
        return text[start - 2]
    return text[start - 1] if start else " "


def _blank(character: str) -> bool:
    """Return whether Markdown takes the character for a blank."""
    return character in "\t\n\v\f\r " or unicodedata.category(character) == "Zs"


def _mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _foreign(character: str) -> bool:
    """Return whether this is punctuation of a script that puts blanks between words."""
    return _mark(character) and not cjk(character)


def _apart(character: str) -> bool:
    """Return whether the character can be opposite foreign punctuation in a delimiter run."""
    return _blank(character) or _mark(character) or cjk(character)


@lru_cache(maxsize=4096)
def cjk(character: str) -> bool:
    """Return whether the character is wide in East Asian text, and no emoji."""
    wide = unicodedata.east_asian_width(character) in _WIDE
    return wide and not (unicodedata.category(character)[0] == "S" and any(ord(character) in one for one in _EMOJI))
