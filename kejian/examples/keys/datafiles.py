"""Digests of the data files that examples declare by glob patterns, inside the course only."""

from __future__ import annotations

from kejian.core.disk.files import FileAccessError, Folder


def digests(folder: Folder, pattern: str) -> dict[str, str]:
    """Map each file that matches `pattern` to its digest; the pattern itself to "" if none does."""
    try:
        paths = _matches(folder, pattern) if any(c in pattern for c in "*?[") else [pattern]
    except (ValueError, NotImplementedError, OSError):  # an absolute or malformed pattern
        paths = []
    return {path: _digest(folder, path) for path in paths} or {pattern: ""}


def _matches(folder: Folder, pattern: str) -> list[str]:
    if ".." in pattern.split("/"):
        return []
    return sorted(p.relative_to(folder.root).as_posix() for p in folder.root.glob(pattern) if p.is_file())


def _digest(folder: Folder, path: str) -> str:
    """Return the digest of a file, "" if it cannot be read."""
    try:
        return folder.digest(path)
    except (FileAccessError, OSError):
        return ""
