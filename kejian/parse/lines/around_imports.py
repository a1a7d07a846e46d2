"""What stands around imports in a file: lists they belong to, and copies of contents that the editor has stored."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ITEM = re.compile(r"(?:>[ \t]?)*([ \t]*)([-+*]|\d{1,9}[.)])[ \t]")
_CONTENTS = re.compile(r'(?:<!--\s*)?@import\s+"\[TOC\]"', re.IGNORECASE)
_STORED = re.compile(r"<!--\s*(/?)code_chunk_output\s*-->")
_CODE = 4
"""Columns of blanks that make code of a line outside of a list."""


def meant(lines: Sequence[str], at: int) -> str:
    """Return an import's line without blanks that would make code of what it brings: the editor imports it at any
    depth. In a list they place it in an item, so they stay.
    """
    line = lines[at]
    deep = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()) >= _CODE
    return line.lstrip() if deep and not _in_list(lines, at) else line


def _in_list(lines: Sequence[str], at: int) -> bool:
    for line in reversed(lines[:at]):
        if _ITEM.match(line):
            return True
        if line.strip() and not line[0].isspace():
            return False
    return False


def stored_end(lines: Sequence[str], at: int) -> int:
    """Return the end of the contents that the editor has stored from line `at` on, below their import, which are out
    of date once a heading changes; `at` if none begin there.
    """
    found = _STORED.match(lines[at])
    if not found or found[1] or not _CONTENTS.match(_before(lines, at)):
        return at
    for i in range(at + 1, len(lines)):
        if (end := _STORED.match(lines[i])) and end[1]:
            return i + 1
    return at


def _before(lines: Sequence[str], at: int) -> str:
    """Return the last line before `at` that is not blank."""
    return next((line.strip() for line in reversed(lines[:at]) if line.strip()), "")
