"""The content of the data files that examples declare: glob patterns below the course, and nothing outside it."""

from __future__ import annotations

from kejian.folder import Folder, Unreadable


def digests(folder: Folder, pattern: str) -> dict[str, str]:
    """Each file that `pattern` matches with the digest of its content; the pattern itself with "" where none does."""
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
    """The digest of a file, "" where it cannot be read."""
    try:
        return folder.digest(path)
    except (Unreadable, OSError):
        return ""
