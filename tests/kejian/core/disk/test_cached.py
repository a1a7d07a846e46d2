"""What the cache keeps, decoded."""

import msgspec
import pytest

from kejian.core.disk.cached import decoded
from kejian.core.disk.store import Store, digest

KEY = digest("k")
decode = msgspec.msgpack.Decoder(tuple[str, int]).decode


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "cache")


def test_kept_value_is_returned(store):
    assert decoded(store, KEY, decode) is None
    store.put(KEY, msgspec.msgpack.encode(("a", 1)))
    assert decoded(store, KEY, decode) == ("a", 1)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", msgspec.msgpack.encode([1, "a"]), b"\x91" * 100_000])
def test_value_of_another_type_counts_as_missing(store, data):
    store.put(KEY, data)
    assert decoded(store, KEY, decode) is None


def test_bytes_that_are_not_utf_8_count_as_missing(store):
    store.put(KEY, b"\xff")
    assert decoded(store, KEY, bytes.decode) is None
