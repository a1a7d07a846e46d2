"""Names of files and folders shared by several rooms, and stamps of files. Imports next to nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

UNSEEN = frozenset({".git", ".kejian", ".venv", "venv", "node_modules", "__pycache__"})
"""Folders of a course in which no build looks for decks."""
MANIFEST = "_kejian/manifest.json"
"""The list of a site's files, in the site."""
INDEX = "index.html"
"""The page of a site with which a reader begins."""
LARGE = 2**20
"""Bytes from which a file is known again by its times and size."""
_NOT_OURS = frozenset({"node_modules", "site", "dist", "build", "venv", "__pycache__"})


def stamp(found: os.stat_result) -> str:
    """Return what identifies a file's state without reading it."""
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def stamp_at(path: str | Path) -> str:
    """Return the stamp of the file at a path; "" if it cannot be examined."""
    try:
        return stamp(os.stat(path))  # noqa: PTH116 -- a Path for each of many costs a build without changes dearly
    except OSError:
        return ""


def sizes(root: Path) -> dict[str, int]:
    """Map each file below `root` to its size in bytes, without hidden folders and those of other programs."""
    found = {}
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in _NOT_OURS and not name.startswith("."))
        for name in files:
            file = Path(folder, name)
            if not name.startswith(".") and file.is_file():
                found[file.relative_to(root).as_posix()] = file.stat().st_size
    return found


def walk(folder: str, out: str = "") -> Iterator[tuple[str, str]]:
    """Yield paths below `folder` in order, each with `d`, `f` or `l`; links are not followed, `out` is skipped."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        kind = "l" if entry.is_symlink() else "d" if entry.is_dir() else "f"
        if kind == "d" and (entry.name in UNSEEN or entry.path == out):
            continue
        yield entry.path, kind
        if kind == "d":
            yield from walk(entry.path, out)
