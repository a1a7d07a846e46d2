"""`# region name` … `# endregion` in the comments of any language, as editors fold them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_MARK = re.compile(r"\s*(?:#|//|--|%|;|/\*|<!--)\s*#?(?P<word>region|endregion)\b(?P<name>[^\n]*)")


@dataclass(frozen=True, slots=True)
class Regions:
    """A region of a file: the numbers of its lines; the start of every region, and the unclosed ones.

    A name that is used twice means both parts, one after the other.
    """

    lines: list[int]
    starts: dict[str, int]
    unclosed: frozenset[str]


def find(lines: list[str], name: str) -> Regions:
    """Find the region `name` of a file; regions nest, and an end without a start is ignored."""
    inside: list[str] = []
    count: Counter[str] = Counter()
    found: list[int] = []
    starts: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        mark = _MARK.match(line)
        if not mark:
            found += [number] * (count[name] > 0)
        elif mark["word"] == "endregion":
            _close(inside, count, _name(mark))
        else:
            inside.append(_name(mark))
            count[inside[-1]] += 1
            starts.setdefault(inside[-1], number)
    return Regions(found, starts, frozenset(inside))


def starts(lines: Sequence[str]) -> dict[str, int]:
    """Return the regions of a file by their names, each with the line that starts it."""
    marks = ((number, _MARK.match(line)) for number, line in enumerate(lines, 1))
    named = [(_name(mark), number) for number, mark in marks if mark and mark["word"] == "region"]
    return dict(reversed([one for one in named if one[0]]))


def is_mark(line: str) -> bool:
    """Return whether a line starts or ends a region."""
    return _MARK.match(line) is not None


def _name(mark: re.Match[str]) -> str:
    return mark["name"].strip().removesuffix("*/").removesuffix("-->").strip(" :\t\"'")


def _close(inside: list[str], count: Counter[str], name: str) -> None:
    """Close the innermost region of this name and all inside it; the innermost of all if none has the name."""
    known = count[name] > 0
    while inside:
        last = inside.pop()
        count[last] -= 1
        if last == name or not known:
            return
