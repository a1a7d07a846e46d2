"""The parts of a course's start page, as `kejian.toml` names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fnmatch import fnmatchcase

import msgspec


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of the start page, a table `[[sections]]`.

    title: its heading.
    date: when it is, beside the heading: `2026-09-01`, or any words in quotation marks.
    text: a sentence below the heading.
    decks: what it holds, in this order: glob patterns of decks and pages, relative to the course.
    """

    title: str
    date: str = ""
    text: str = ""
    decks: tuple[str, ...] = ()


def dated(sections: object) -> object:
    """Return the tables as TOML has them, with dates as text."""
    if not isinstance(sections, list):
        return sections
    return [
        one | {"date": one["date"].isoformat()} if isinstance(one, dict) and isinstance(one.get("date"), date) else one
        for one in sections
    ]


def arranged(sections: Iterable[Section], paths: Iterable[str]) -> Iterator[tuple[Section, list[str]]]:
    """Yield each section with the files that it holds; one that several of them name is in the first."""
    left = list(paths)
    for section in sections:
        held = list(dict.fromkeys(path for pattern in section.decks for path in left if matches(path, pattern)))
        left = [path for path in left if path not in held]
        yield section, held


def unmatched(sections: Iterable[Section], paths: Sequence[str]) -> list[str]:
    """Return the patterns of sections that name none of the files."""
    patterns = (pattern for section in sections for pattern in section.decks)
    return [pattern for pattern in patterns if not any(matches(path, pattern) for path in paths)]


def matches(path: str, pattern: str) -> bool:
    """Return whether a pattern names the file: its path, or one with `*` and `?`."""
    return path == pattern or fnmatchcase(path, pattern.removeprefix("./"))
