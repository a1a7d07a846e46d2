"""Letters after the years of works that would be cited alike: `2020a`, `2020b`, in the order of the list of works.

citeproc-py reads what a style says of them and does not do it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from string import ascii_lowercase
from typing import Any, Self

_Item = Mapping[str, Any]


class LetteredYear(int):
    """A year that is written with a letter, and is sorted as a year."""

    letter: str

    def __new__(cls, year: int, letter: str) -> Self:
        """Return the year with its letter."""
        made = super().__new__(cls, year)
        made.letter = letter
        return made

    def __abs__(self) -> LetteredYear:
        """Return the year itself: citeproc-py asks for it before it writes one."""
        return self

    def __str__(self) -> str:
        """Return the year as it is written."""
        return f"{int(self)}{self.letter}"


def lettered(items: Mapping[str, _Item], order: Sequence[str], cited: Callable[[str], str]) -> dict[str, _Item]:
    """Return the items with letters after the years that need one.

    order: the items' keys as the list has them. cited: returns how a work is cited by itself.
    """
    alike: dict[tuple[int, str], list[str]] = {}
    for key in order:
        if year := year_of(items[key]):
            alike.setdefault((year, _first(items[key])), []).append(key)
    found = dict(items)
    for (year, _), keys in alike.items():
        texts: dict[str, list[str]] = {}
        for key in keys if len(keys) > 1 else ():
            texts.setdefault(cited(key), []).append(key)
        for same in texts.values():
            for key, number in zip(same, count(), strict=False) if len(same) > 1 else ():
                found[key] = _with_letter(items[key], year, _letter(number))
    return found


def year_of(item: _Item) -> int | None:
    """Return the year in which a work was issued, `None` if that is unknown."""
    parts = (item.get("issued") or {}).get("date-parts") or [[]]
    year = parts[0][0] if parts[0] else None
    return year if isinstance(year, int) else None


def _first(item: _Item) -> str:
    """Return the name of the first author, or what a work without one is cited by."""
    people = item.get("author") or item.get("editor") or [{}]
    return str(people[0].get("family") or people[0].get("literal") or item.get("title", ""))


def _with_letter(item: _Item, year: int, letter: str) -> _Item:
    issued = item["issued"]
    first, *rest = issued["date-parts"]
    return {**item, "issued": {**issued, "date-parts": [[LetteredYear(year, letter), *first[1:]], *rest]}}


def _letter(number: int) -> str:
    """Return `a` to `z`, then `aa`, `ab` and so on."""
    before, last = divmod(number, len(ascii_lowercase))
    return (_letter(before - 1) if before else "") + ascii_lowercase[last]
