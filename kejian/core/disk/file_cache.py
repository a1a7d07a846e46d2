"""In-memory cache of file contents, since a preview builds from the same files again and again.

An entry is valid while inode, size and times are unchanged. A file modified within the last second is not cached,
because two writes within one tick of the file system's clock leave equal times.
"""

from __future__ import annotations

import os
import time
from hashlib import file_digest, sha256
from typing import NamedTuple

from kejian.core.paths import LARGE, stamp

_MOST = 32 * 2**20
"""Bytes that are kept in memory; then all are forgotten."""


class FileContent(NamedTuple):
    """A file's bytes and their SHA-256 digest."""

    data: bytes
    digest: str


class _Known(NamedTuple):
    stamp: str
    data: bytes | None
    digest: str


_KNOWN: dict[str, _Known] = {}
_HELD = [0]


def read(real: str, found: os.stat_result) -> FileContent:
    """Return the content of `real`, an absolute path without links, whose current state is `found`.
    Raises `OSError`.
    """
    known = _known(real, found)
    if known and known.data is not None:
        return FileContent(known.data, known.digest)
    with open(real, "rb") as file:  # noqa: PTH123 -- a Path for each of a thousand files costs a preview dearly
        data = file.read()
    digest = sha256(data).hexdigest()
    _keep(real, found, data if len(data) < LARGE else None, digest)
    return FileContent(data, digest)


def digest(real: str, found: os.stat_result) -> str:
    """Return the digest of `real`, a file of any size. Raises `OSError`."""
    known = _known(real, found)
    if known:
        return known.digest
    if found.st_size < LARGE:
        return read(real, found).digest
    with open(real, "rb") as file:  # noqa: PTH123 -- as above
        total = file_digest(file, "sha256").hexdigest()
    _keep(real, found, None, total)
    return total


def _known(real: str, found: os.stat_result) -> _Known | None:
    known = _KNOWN.get(real)
    return known if known and known.stamp == stamp(found) else None


def _keep(real: str, found: os.stat_result, data: bytes | None, digest: str) -> None:
    if found.st_ctime_ns >= time.time_ns() - 10**9:
        return
    _HELD[0] += len(data or b"")
    if _HELD[0] > _MOST:
        _KNOWN.clear()
        _HELD[0] = len(data or b"")
    _KNOWN[real] = _Known(stamp(found), data, digest)
