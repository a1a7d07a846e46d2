"""Values that are cached together."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core.disk.pack import Codec, Pack, Recent
from kejian.core.disk.store import Store

CODEC = Codec(name=str, encode=msgspec.msgpack.encode, decode=msgspec.msgpack.Decoder(int).decode)


def pack(store=None, recent=None):
    return Pack(recent=Recent() if recent is None else recent, codec=CODEC, store=store, place="place")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def test_what_was_put_is_there_for_the_next_pack(store):
    first = pack(store)
    first.put("a", 1)
    assert pack(store).get("a") is None
    first.save()
    assert pack(store).get("a") == 1


def test_without_a_store_values_are_in_memory_alone():
    recent = Recent()
    first = pack(recent=recent)
    first.put("a", 1)
    first.save()
    assert (pack(recent=recent).get("a"), pack().get("a")) == (1, None)


def test_what_is_not_used_again_is_dropped(store):
    first = pack(store)
    first.put("a", 1)
    first.put("b", 2)
    first.save()
    second = pack(store)
    assert second.get("b") == 2
    second.save()
    assert [pack(store).get(key) for key in "ab"] == [None, 2]


def test_what_is_only_in_memory_is_stored_as_well(store):
    recent = Recent()
    pack(recent=recent).put("a", 1)
    second = pack(store, recent)
    assert second.get("a") == 1
    second.save()
    assert pack(store).get("a") == 1


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x90", msgspec.msgpack.encode({"a": b"\xa1x"})], ids=repr)
def test_what_is_damaged_is_missing(store, data):
    store.put("place", data)
    assert pack(store).get("a") is None


def test_nothing_is_written_where_nothing_has_changed(store, monkeypatch):
    first = pack(store)
    first.put("a", 1)
    first.save()
    second = pack(store)
    second.get("a")
    written = []
    monkeypatch.setattr(Store, "offer", lambda *given: written.append(given))
    second.save()
    assert written == []


@given(st.lists(st.integers(0, 9)))
def test_the_values_used_last_are_kept(used):
    recent = Recent(3)
    for n in used:
        if recent.get(n) is None:
            recent.put(n, n)
    last = list(dict.fromkeys(reversed(used)))
    assert [n for n in range(10) if recent.get(n) is not None] == sorted(last[:3])
