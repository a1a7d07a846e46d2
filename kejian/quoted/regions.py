"""`# region name` … `# endregion` in the comments of any language, as editors fold them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_MARK = re.compile(r"\s*(?:#|//|--|%|;|/\*|<!--)\s*#?(?P<word>region|endregion)\b(?P<name>[^\n]*)")


@dataclass(frozen=True, slots=True)
class Regions:
    """The regions of a file: the numbers of each one's lines without marks, where each starts, which have no end.

    A name that is used twice means both parts, one after the other.
    """

    lines: Mapping[str, list[int]]
    starts: dict[str, int]
    unclosed: frozenset[str]


def find(lines: list[str]) -> Regions:
    """The regions of a file; they nest, and an end without a start is nothing."""
    inside: list[str] = []
    found: dict[str, list[int]] = {}
    starts: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        mark = _MARK.match(line)
        if not mark:
            for name in set(inside):
                found.setdefault(name, []).append(number)
        elif mark["word"] == "endregion":
            del inside[_closed(inside, _name(mark)) :]
        else:
            inside.append(_name(mark))
            starts.setdefault(inside[-1], number)
    return Regions(found, starts, frozenset(inside))


def is_mark(line: str) -> bool:
    """Whether a line starts or ends a region."""
    return _MARK.match(line) is not None


def _name(mark: re.Match[str]) -> str:
    return mark["name"].strip().removesuffix("*/").removesuffix("-->").strip(" :\t\"'")


def _closed(inside: list[str], name: str) -> int:
    """Where the innermost region begins that an end with this name closes: the last one where it has none."""
    for i in range(len(inside) - 1, -1, -1):
        if inside[i] == name:
            return i
    return max(0, len(inside) - 1)
