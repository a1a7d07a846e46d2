"""The cache: what is put comes back, what is damaged does not."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core.disk.locks import locked
from kejian.core.disk.store import LIMIT, Store, digest, write_aside


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "cache")


def test_put_then_get_returns_the_content(store):
    key = digest("formula", "x")
    assert store.get(key) is None
    assert not store.has(key)
    store.put(key, b"data")
    assert store.get(key) == b"data"
    assert store.has(key)


DIGEST = 32


@pytest.mark.parametrize("digest_byte", [b"\0", b"\xff"])
def test_a_digest_that_is_another_one_is_damage_whatever_it_is(store, digest_byte):
    store.put(digest("k"), b"content")
    (file,) = store.root.glob("??/*")
    file.write_bytes(digest_byte * DIGEST + b"content")
    assert store.get(digest("k")) is None


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


def test_keys_are_the_same_in_every_release():
    """Another one would make each cache cold."""
    assert digest("公式", b"x") == "320710590940536be45618b6255d8d6f5ce8850c5cb96a798f5bce4b1dea5b58"
    assert digest("\ud800") != digest("?")


def test_a_file_appears_whole_beside_nothing_else(tmp_path):
    write_aside(tmp_path / "deep" / "a.bin", b"1")
    write_aside(tmp_path / "deep" / "a.bin", b"22")
    assert {path.name: path.read_bytes() for path in (tmp_path / "deep").iterdir()} == {"a.bin": b"22"}


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    (tmp_path / "cache").write_text("in the way")
    store = Store(tmp_path / "cache")
    store.offer(digest("k"), b"x")
    with pytest.raises(OSError):
        store.put(digest("k"), b"x")
    assert (store.get(digest("k")), store.has(digest("k"))) == (None, False)
    store.prune()


def test_offer_then_get_returns_the_content(store):
    store.offer(digest("k"), b"x")
    assert store.get(digest("k")) == b"x"


def aged(store, name, days, size=968):
    """An entry of 1000 bytes that was used so many days ago."""
    store.put(digest(name), b"x" * size)
    path = store.root / digest(name)[:2] / digest(name)[2:]
    used = time.time() - days * 86_400
    os.utime(path, (used, used))
    return path, path.stat().st_mtime


@pytest.mark.parametrize("days, marked", [(0.98, False), (1.02, True)])
def test_an_entry_is_marked_as_used_at_most_once_a_day(store, days, marked):
    path, used = aged(store, "k", days)
    store.get(digest("k"))
    assert (path.stat().st_mtime > used) is marked


@pytest.mark.parametrize("limit, kept", [(3000, "abc"), (2999, "ab"), (2000, "ab"), (1999, "a"), (1, ""), (0, "")])
def test_prune_removes_no_more_than_it_must(store, limit, kept):
    """The sizes are those on disk, the digest in front included."""
    for days, name in enumerate("abc"):
        aged(store, name, days)
    store.prune(limit)
    assert "".join(name for name in "abc" if store.has(digest(name))) == kept


def test_a_cache_within_its_usual_bounds_is_left_alone(store):
    aged(store, "k", 400)
    store.prune()
    assert store.has(digest("k"))
    assert LIMIT == 512 * 1024 * 1024


def test_files_in_place_of_folders_are_no_obstacle(store):
    aged(store, "k", 1)
    (store.root / "zz").write_text("a file")
    (store.root / "yy").symlink_to("nowhere")
    store.prune(0)
    assert not store.has(digest("k"))
    assert (store.root / "zz").read_text() == "a file"


def test_all_that_is_abandoned_is_removed_wherever_it_is(store):
    for name in "abcd":
        store.put(digest(name), b"x")
        (store.root / digest(name)[:2] / ".new-left").write_bytes(b"half")
    store.prune()
    assert len([path for path in store.root.rglob("*") if path.is_file()]) == 4


def test_an_entry_that_cannot_be_marked_as_used_is_still_read(store, monkeypatch):
    """In a cache that is read-only."""
    aged(store, "k", 2)

    def refused(*_):
        raise PermissionError

    monkeypatch.setattr(os, "utime", refused)
    assert store.get(digest("k")) == b"x" * 968


def test_put_raises_on_a_read_only_disk():
    with pytest.raises(PermissionError):
        write_aside(Path("/sys/a.bin"), b"1")


def test_writers_do_not_wait_for_one_another(tmp_path):
    with locked(tmp_path, shared=True), ThreadPoolExecutor(1) as pool:
        pool.submit(write_aside, tmp_path / "a.bin", b"1").result()
    assert (tmp_path / "a.bin").read_bytes() == b"1"


def test_a_store_is_a_value(store):
    assert not hasattr(store, "__dict__")
    with pytest.raises(FrozenInstanceError):
        store.root = None
