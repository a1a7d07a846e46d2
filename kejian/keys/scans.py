"""Scans of modules kept in the cache, by the text they were made from: an unchanged module is not parsed again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec

from kejian.keys.scan import Scan, scan
from kejian.store import Store, digest

Scanner = Callable[[str, str, str], Scan]
"""Reads a module's name, path and text."""

_DECODER = msgspec.msgpack.Decoder(Scan)


def remembered(store: Store) -> Scanner:
    """A scanner that looks into the store first; a store that cannot be written to costs only time."""

    def scanner(name: str, path: str, text: str) -> Scan:
        key = digest("scan", _version(), name, path, text)
        data = store.get(key)
        if data:
            return _DECODER.decode(data)
        found = scan(name, path, text)
        store.offer(key, msgspec.msgpack.encode(found))
        return found

    return scanner


@cache
def _version() -> str:
    """What scans are made by: the modules that make them, and the grammar of this Python."""
    total = sha256(repr(sys.version_info[:2]).encode())
    for name in ("scan.py", "syntax.py", "uses.py"):
        total.update((Path(__file__).parent / name).read_bytes())
    return total.hexdigest()
