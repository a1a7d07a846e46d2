"""The cache: what is put comes back, what is damaged does not."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.store import Store, digest


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "cache")


def test_what_is_put_comes_back(store):
    key = digest("formula", "x")
    assert store.get(key) is None
    assert not store.has(key)
    store.put(key, b"data")
    assert store.get(key) == b"data"
    assert store.has(key)


@pytest.mark.parametrize("damage", [lambda d: d[:-1], lambda d: d[:40] + b"!" + d[41:], lambda d: b"", lambda d: d[:5]])
def test_a_damaged_entry_counts_as_missing_and_is_removed(store, damage):
    key = digest("k")
    store.put(key, b"some longer content")
    (file,) = store.root.glob("??/*")
    file.write_bytes(damage(file.read_bytes()))
    assert store.get(key) is None
    assert not store.has(key)


def test_several_builders_at_once_leave_whole_entries_and_nothing_else(store):
    keys = [digest(str(i % 7)) for i in range(200)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda k: store.put(k, k.encode() * 100), keys))
    assert all(store.get(key) == key.encode() * 100 for key in keys)
    assert len(list(store.root.glob("??/*"))) == 7


def test_prune_removes_the_longest_unused_first(store):
    for age, name in enumerate("abc"):
        store.put(digest(name), b"x" * 1000)
        path = store.root / digest(name)[:2] / digest(name)[2:]
        os.utime(path, (time.time() - age * 100,) * 2)
    store.prune(limit=2100)
    assert [store.has(digest(n)) for n in "abc"] == [True, True, False]


def test_an_old_entry_is_marked_as_used_when_it_is_read(store):
    key = digest("k")
    store.put(key, b"x")
    path = store.root / key[:2] / key[2:]
    os.utime(path, (0, 0))
    store.get(key)
    assert path.stat().st_mtime > 1


def test_abandoned_new_entries_are_removed(store):
    store.put(digest("k"), b"x")
    left = store.root / digest("k")[:2] / ".new-left"
    left.write_bytes(b"half")
    store.prune()
    assert not left.exists()


@given(st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=3))
def test_digests_tell_parts_apart(a, b):
    """Law: keys are equal only for equal lists of parts; joining parts differently is another key."""
    assert (digest(*a) == digest(*b)) == (a == b)
