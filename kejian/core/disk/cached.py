"""Decoding of cache entries that does not trust them: an entry that fails to decode counts as missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from kejian.core.disk.store import Store

Value = TypeVar("Value")


def decoded(store: Store, key: str, decode: Callable[[bytes], Value]) -> Value | None:
    """Return the decoded value under `key`, or `None` if it is missing or does not decode."""
    data = store.get(key)
    if data is None:
        return None
    try:
        return decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError):  # the second: bytes that are not UTF-8
        return None
