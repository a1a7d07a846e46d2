"""Finds verbatim runs of lines (fences and `$$` blocks) and the ends of comments."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FENCE = re.compile(r"(?:[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|(>))*(`{3,}(?=[^`]*$)|~{3,})")


class Blocks:
    """Finds verbatim blocks; remembers delimiters that are never closed, so that all searches together are linear."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._hopeless: dict[str, int] = {}
        self._no_math_end = False
        self._no_comment_end = False

    def verbatim(self, at: int) -> tuple[int, str]:
        """Return the end of the verbatim block that begins at line `at` (`at` if none does), and a missing closer or
        "".
        """
        line = self._lines[at]
        if "```" in line or "~~~" in line:
            found = _FENCE.match(line)
            if found:
                return self._fence(at, found[2], quoted=bool(found[1]))
        if "$$" in line and line.lstrip().startswith("$$") and line.count("$$") == 1:
            return self._math(at), ""
        return at, ""

    def _fence(self, at: int, opener: str, *, quoted: bool) -> tuple[int, str]:
        character, length = opener[0], len(opener)
        if length >= self._hopeless.get(character, 1 << 30):
            return at, opener
        closer = re.compile(rf"[ \t>]*{re.escape(character)}{{{length},}}[ \t]*$")
        for i in range(at + 1, len(self._lines)):
            if closer.match(self._lines[i]):
                return i + 1, ""
            if quoted and not self._lines[i].lstrip().startswith(">"):
                return i, ""
        self._hopeless[character] = length
        return at, opener

    def _math(self, at: int) -> int:
        if self._no_math_end:
            return at
        for i in range(at + 1, len(self._lines)):
            if "$$" in self._lines[i]:
                return i + 1
        self._no_math_end = True
        return at

    def comment_end(self, at: int) -> int:
        """Return the line that ends the comment which begins at line `at`; -1 if none does."""
        if self._no_comment_end:
            return -1
        if "-->" in self._lines[at][4:]:
            return at
        for i in range(at + 1, len(self._lines)):
            if "-->" in self._lines[i]:
                return i
        self._no_comment_end = True
        return -1
