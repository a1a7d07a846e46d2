"""The cache: content-addressed, disposable, safe for concurrent builds, with neither index nor database.

An entry is a file named by its key, written aside and moved into place. It begins with a digest of key and content, so
that a truncated, altered or misplaced entry counts as missing.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kejian.core.disk import regular
from kejian.core.disk.cache_folder import claimed
from kejian.core.disk.output_folder import OutputFolder
from kejian.core.disk.scratch import NEW, sweep_files

LIMIT = 512 * 2**20
"""Bytes that entries may take after `prune`."""

_DAY = 86_400


def digest(*parts: str | bytes) -> str:
    """Return a key for `parts`, each delimited, in hexadecimal."""
    total = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()


def write_aside(path: Path, data: bytes) -> None:
    """Write `data` to the cache file `path` atomically, by way of a temporary file beside it.

    Raises `OSError` if the disk is full or read-only. `scratch.sweep_files` removes what a killed process leaves.
    """
    claimed(path)
    OutputFolder(path.parent).replace(path.name, data)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    """List the entries in one of the cache's folders, without temporary files; abandoned ones are removed."""
    try:
        with os.scandir(folder) as found:
            all_of_it = list(found)
    except OSError:  # no folder, or another user's cache
        return []
    if new := [entry for entry in all_of_it if entry.name.startswith(NEW)]:
        sweep_files(folder)
    return [entry for entry in all_of_it if entry not in new]


def _seal(key: str, content: bytes) -> bytes:
    """Return the header of an entry, which depends on its key and content."""
    return sha256(f"{key}\0".encode() + content).digest()


def _clear(path: Path) -> None:
    """Remove whatever stands in an entry's place."""
    with suppress(OSError):  # a read-only cache, or another build was faster
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def _make_room(path: Path) -> None:
    """Remove whatever stands in the place of an entry or of its folder and cannot be replaced by renaming."""
    if path.is_dir():
        _clear(path)
    elif os.path.lexists(path.parent) and not path.parent.is_dir():
        _clear(path.parent)


@dataclass(frozen=True, slots=True)
class Store:
    """Cache entries below `root`, which is created at the first write."""

    root: Path

    def has(self, key: str) -> bool:
        """Return whether there is an entry for `key`; it may still turn out to be damaged."""
        return os.path.exists(self._text(key))  # noqa: PTH110 -- a Path for each part of a large deck takes longer

    def get(self, key: str) -> bytes | None:
        """Return the content under `key`, or `None` if it is missing or damaged."""
        path = self._text(key)
        try:
            data = regular.read(path, LIMIT)
        except (regular.NotRegularError, PermissionError):
            data = b""
        except OSError:
            return None
        content = data[32:]
        if _seal(key, content) != data[:32]:
            _clear(self._path(key))
            return None
        self._touch(path)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Store `content` under `key`. Raises `OSError` if the disk is full or read-only."""
        path = self._path(key)
        _make_room(path)
        write_aside(path, _seal(key, content) + content)

    def offer(self, key: str, content: bytes) -> None:
        """Store `content` under `key`, ignoring a full or read-only disk, which costs only time."""
        with suppress(OSError):
            self.put(key, content)

    def prune(self, limit: int = LIMIT) -> None:
        """Remove the least recently used entries beyond `limit` bytes, and abandoned temporary files."""
        entries = []
        for folder in self.root.glob("??"):
            for entry in _listed(folder):
                with suppress(OSError):  # another build has removed it
                    about = entry.stat()
                    entries.append((about.st_mtime, about.st_size, entry.path))
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= limit:
                return
            with suppress(OSError):  # another user's cache
                Path(path).unlink()
            total -= size

    def _path(self, key: str) -> Path:
        return Path(self._text(key))

    def _text(self, key: str) -> str:
        return f"{self.root}/{key[:2]}/{key[2:]}"

    def _touch(self, path: str) -> None:
        """Mark an entry as used, at most once a day."""
        try:
            if os.stat(path).st_mtime < time.time() - _DAY:  # noqa: PTH116 -- as above
                os.utime(path)
        except OSError:  # a read-only cache, or an entry that another build has just removed: only its age is lost
            return
