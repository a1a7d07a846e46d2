"""Finds verbatim runs of lines (fences and `$$` blocks) and the ends of comments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kejian.parse.lines.comments import MARK

_WITHIN = r"(?:[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|(>))*"
_FENCE = re.compile(_WITHIN + r"(`{3,}(?=[^`]*$)|~{3,})")
_FORMULA = re.compile(_WITHIN + r"\$\$")
_CODE = re.compile(r"(`+)(?!`)[^`]*\1(?!`)")


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
        if "$$" in line and line.count("$$") % 2:
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
        """Return the end of the displayed formula that is open at the end of line `at`; `at` if none is.

        One that follows text ends with its paragraph, one in a quote with the quote. A slide mark is in a formula only
        if that has begun at the start of a line and has no blank line: behind one, the formula was never closed.
        """
        line = self._lines[at]
        block = _FORMULA.match(line)
        if self._no_math_end or not (block or _CODE.sub("", line).rstrip().endswith("$$")):
            return at
        blank = not line.startswith("$$")
        for i in range(at + 1, len(self._lines)):
            inner = self._lines[i]
            if "$$" in inner:
                return i + 1
            blank = blank or not inner.strip()
            left = not inner.lstrip().startswith(">") if block and block[1] else not (block or inner.strip())
            if left or (blank and MARK.match(inner)):
                return at
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
