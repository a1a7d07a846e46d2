"""Caches scans of modules by their text, so that an unchanged module is not parsed again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec

from kejian.core.disk.cached import decoded
from kejian.core.disk.store import Store, digest
from kejian.examples.keys.module_scan import ModuleScan, scan

Scanner = Callable[[str, str, str], ModuleScan]
"""Reads a module's name, path and text."""

_DECODER = msgspec.msgpack.Decoder(ModuleScan)


def remembered(store: Store) -> Scanner:
    """Return a scanner that uses the store; an unwritable store costs only time."""

    def scanner(name: str, path: str, text: str) -> ModuleScan:
        key = digest("scan", _version(), name, path, text)
        known = decoded(store, key, _DECODER.decode)
        if known:
            return known
        found = scan(name, path, text)
        store.offer(key, msgspec.msgpack.encode(found))
        return found

    return scanner


@cache
def _version() -> str:
    """Return a digest of the modules that make scans, and of this Python's grammar."""
    total = sha256(repr(sys.version_info[:2]).encode())
    for file in (
        "keys/module_scan.py",
        "keys/steps.py",
        "keys/syntax.py",
        "keys/names.py",
        "child/kejian_marks.py",
    ):
        total.update((Path(__file__).parents[1] / file).read_bytes())
    return total.hexdigest()
