"""Which files of a course are watched while it is edited: those that a build reads, or new ones beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import watchfiles

_IGNORED = frozenset({".git", ".kejian", ".venv", "__pycache__", "node_modules", "site", "dist", "outputs"})
_STAGED = re.compile(r"\..*\.(new|old)")
"""A site before it is published, or after another has been."""
_ASIDE = (".new", ".tmp", ".swp")
"""How files end that an editor writes beside the one that it saves."""


def watched(course: Path, out: Path | None = None) -> Callable[[watchfiles.Change, str], bool]:
    """Return whether a change of a path is of interest. out: the site's folder, wherever it is in the course."""
    root, site = course.resolve(), out.resolve() if out else None

    def wanted(_: watchfiles.Change, path: str) -> bool:
        file = Path(path)
        parts = file.relative_to(root).parts if file.is_relative_to(root) else ()
        if not parts or (site and file.is_relative_to(site)) or any(_STAGED.fullmatch(part) for part in parts):
            return False
        return not _IGNORED & set(parts) and not parts[-1].startswith((".", "#", "4913")) and file.suffix not in _ASIDE

    return wanted


def changes(course: Path, out: Path) -> Iterator[tuple[str, ...]]:
    """Yield nothing when the watch has begun, then the paths of each burst of changes, until interrupted."""
    began = False
    for found in watchfiles.watch(
        course,
        watch_filter=watched(course, out),
        yield_on_timeout=True,
        rust_timeout=200,
        ignore_permission_denied=True,
    ):
        if found or not began:
            began = True
            root = course.resolve()
            yield tuple(sorted({Path(path).relative_to(root).as_posix() for _, path in found}))
