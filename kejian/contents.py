"""The content of files, read again only when they have changed: a preview builds from the same files over and over.

A file is known by its inode, size and times, once nothing has touched it for a second: what is written within one tick
of the file system's clock cannot be told apart by its times.
"""

from __future__ import annotations

import os
import time
from hashlib import file_digest, sha256
from typing import NamedTuple

from kejian.glance import LARGE, stamp

_MOST = 32 * 2**20
"""Bytes that are kept in memory; then all are forgotten."""


class Content(NamedTuple):
    """A file's bytes and their SHA-256 digest."""

    data: bytes
    digest: str


class _Known(NamedTuple):
    stamp: str
    data: bytes | None
    digest: str


_KNOWN: dict[str, _Known] = {}
_HELD = [0]


def read(real: str, found: os.stat_result) -> Content:
    """The content of the file at `real`, an absolute path without links, as `found` says it is; raises `OSError`."""
    known = _known(real, found)
    if known and known.data is not None:
        return Content(known.data, known.digest)
    with open(real, "rb") as file:  # noqa: PTH123 -- a Path for each of a thousand files costs a preview dearly
        data = file.read()
    digest = sha256(data).hexdigest()
    _keep(real, found, data if len(data) < LARGE else None, digest)
    return Content(data, digest)


def digest(real: str, found: os.stat_result) -> str:
    """The digest of the file at `real`, of any size; raises `OSError`."""
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
