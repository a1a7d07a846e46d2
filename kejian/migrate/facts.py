"""Facts about a course, besides its decks, that rewriting needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Installed = Callable[[str], bool]
"""Whether a package can be imported here, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFacts:
    """Facts about a course.

    package: the folder of its examples, "" if code cannot be moved.
    files: the paths of all its files. folded: see `paths.names`. recorded: the names in its record.
    slide_code: whether it runs code on slides.
    failed: why functions failed when they were tried, by `module.function`.
    """

    package: str
    files: frozenset[str]
    folded: Mapping[str, str]
    installed: Installed
    recorded: frozenset[str] = frozenset()
    slide_code: bool = False
    failed: Mapping[str, str] = field(default_factory=dict)
