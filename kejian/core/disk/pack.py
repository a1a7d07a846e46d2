"""Values that are cached together: those of one file are a single entry of the store, read and written at once.

In memory they outlive a build, for a preview; in the store they are as the last build had them. A file of the cache for
each would cost a large deck a second.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import msgspec

from kejian.core.disk import cached
from kejian.core.disk.store import Store

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

MOST = 1024
"""Values that are kept in memory: enough for the slides of the largest deck that is edited."""


@dataclass(slots=True)
class Recent(Generic[Key, Value]):
    """The values that this process used last."""

    most: int = MOST
    _values: OrderedDict[Key, Value] = field(default_factory=OrderedDict)

    def get(self, key: Key) -> Value | None:
        """Return the value, which is now the last one used; `None` if there is none."""
        found = self._values.get(key)
        if found is not None:
            with suppress(KeyError):  # evicted by a build in another thread
                self._values.move_to_end(key)
        return found

    def put(self, key: Key, value: Value) -> None:
        """Keep the value, in place of the one that was not used for the longest time."""
        self._values[key] = value
        while len(self._values) > self.most:
            with suppress(KeyError):  # as above
                self._values.popitem(last=False)

    def clear(self) -> None:
        """Forget all values."""
        self._values.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Codec(Generic[Key, Value]):
    """How values are stored. name: a key's name in the store. decode: may raise `msgspec.DecodeError`."""

    name: Callable[[Key], str]
    encode: Callable[[Value], bytes]
    decode: Callable[[bytes], Value]


@dataclass(slots=True, kw_only=True)
class Pack(Generic[Key, Value]):
    """The values of one file. place: its key in `store`, without which they are only in memory."""

    recent: Recent[Key, Value]
    codec: Codec[Key, Value]
    store: Store | None = None
    place: str = ""
    _stored: Mapping[str, bytes] = field(init=False)
    _used: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._stored = (cached.decoded(self.store, self.place, _ENTRIES.decode) if self.store else None) or {}

    def get(self, key: Key) -> Value | None:
        """Return the value from memory or the store; `None` if it is missing or damaged."""
        value = self.recent.get(key)
        if self.store is None:
            return value
        name = self.codec.name(key)
        data = self._stored.get(name)
        if value is None and data is not None:
            with suppress(msgspec.DecodeError, ValueError):  # damaged, or of another version
                value = self.codec.decode(data)
        if value is not None:
            self._used[name] = self.codec.encode(value) if data is None else data
        return value

    def put(self, key: Key, value: Value) -> None:
        """Keep the value."""
        self.recent.put(key, value)
        if self.store:
            self._used[self.codec.name(key)] = self.codec.encode(value)

    def save(self) -> None:
        """Store the values that were used, if others are stored, unless the disk is full or read-only."""
        if self.store and self._used != self._stored:
            self.store.offer(self.place, msgspec.msgpack.encode(self._used))


_ENTRIES = msgspec.msgpack.Decoder(dict[str, bytes])
