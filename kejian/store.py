"""The cache: content-addressed, disposable, safe with several builders at once. No index, no database.

An entry is one file named by its key, written aside and moved into place; it begins with the digest of its content,
so that a truncated or altered entry counts as missing.
"""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from kejian.abandoned import NEW, sweep_files
from kejian.locked import locked

LIMIT = 512 * 2**20
"""Bytes that entries may take after `prune`."""

_DAY = 86_400
_ELSEWHERE = (errno.EXDEV, errno.EROFS, errno.EACCES)


def digest(*parts: str | bytes) -> str:
    """A key for `parts`, each delimited, in hexadecimal."""
    total = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()


def write_aside(path: Path, data: bytes, aside: Path | None = None) -> None:
    """Make `path` hold `data`, whole or not at all: written in the folder `aside`, else beside it, and moved in.

    Beside it as well where `aside` is on another disk or cannot be written to. Raises `OSError` where the disk is full
    or read-only. What a killed process leaves behind is for `abandoned.sweep_files`.
    """
    folder = aside or path.parent
    try:
        for one in {path.parent, folder}:
            one.mkdir(parents=True, exist_ok=True)
        with locked(folder, shared=True):
            _write_and_move(path, data, folder / f"{NEW}{os.getpid()}-{token_hex(4)}")
    except OSError as e:
        if aside is None or e.errno not in _ELSEWHERE:
            raise
        write_aside(path, data)


def _write_and_move(path: Path, data: bytes, new: Path) -> None:
    try:
        write(new, data)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def write(path: Path, data: bytes) -> None:
    """Write a file; unlike that of `Path.write_bytes`, the `OSError` of a full disk says which file it is."""
    try:
        path.write_bytes(data)
    except OSError as e:
        e.filename = e.filename or str(path)
        raise


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    """The entries of the cache in one of its folders; what is still being written is none, what was abandoned goes."""
    try:
        with os.scandir(folder) as found:
            all_of_it = list(found)
    except OSError:  # no folder, or a cache of somebody else's
        return []
    if new := [entry for entry in all_of_it if entry.name.startswith(NEW)]:
        sweep_files(folder)
    return [entry for entry in all_of_it if entry not in new]


@dataclass(frozen=True, slots=True)
class Store:
    """Entries below `root`, which is made when it is first written to."""

    root: Path

    def has(self, key: str) -> bool:
        """Whether there is an entry for `key`; it may still turn out to be damaged."""
        return self._path(key).exists()

    def get(self, key: str) -> bytes | None:
        """The content put under `key`, or `None` when there is none or it is damaged."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        content = data[32:]
        if sha256(content).digest() != data[:32]:
            with suppress(OSError):  # a read-only cache, or another build was faster
                path.unlink()
            return None
        self._touch(path)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`; raises `OSError` where the disk is full or read-only."""
        write_aside(self._path(key), sha256(content).digest() + content)

    def offer(self, key: str, content: bytes) -> None:
        """Keep `content` if it can be kept: where a full or read-only disk costs nothing but time."""
        with suppress(OSError):
            self.put(key, content)

    def prune(self, limit: int = LIMIT) -> None:
        """Remove the entries longest unused until the rest takes at most `limit` bytes, and abandoned new ones."""
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
            with suppress(OSError):  # a cache of somebody else's
                Path(path).unlink()
            total -= size

    def _path(self, key: str) -> Path:
        return self.root / key[:2] / key[2:]

    def _touch(self, path: Path) -> None:
        """Mark as used, at most once a day."""
        try:
            if path.stat().st_mtime < time.time() - _DAY:
                os.utime(path)
        except OSError:  # a read-only cache, or an entry another build has just removed: only its age is lost
            return
