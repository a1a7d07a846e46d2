"""What is known of a course besides its decks, as far as a rewriting needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Installed = Callable[[str], bool]
"""Whether a package can be imported here, by its name."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A course as its rewriting sees it.

    package: the folder of its examples, "" where code cannot be moved. files: the paths of all its files; folded: see
    `targets.names`. recorded: the names in its record. slide_code: it runs code on slides as it stands. failed: why
    functions did not run when they were tried, by `module.function`.
    """

    package: str
    files: frozenset[str]
    folded: Mapping[str, str]
    installed: Installed
    recorded: frozenset[str] = frozenset()
    slide_code: bool = False
    failed: Mapping[str, str] = field(default_factory=dict)
