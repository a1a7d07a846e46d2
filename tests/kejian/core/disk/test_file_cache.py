"""A file is read again when it has changed, and only then."""

import builtins
import os
import time

import pytest

from kejian.core.disk import file_cache
from kejian.core.paths import LARGE


@pytest.fixture
def file(tmp_path):
    return tmp_path / "a.md"


@pytest.fixture
def opened(monkeypatch):
    """The times that the file was opened by `contents`, which takes every file for one that was written long ago."""
    found, now, real = [], time.time_ns(), builtins.open
    monkeypatch.setattr("kejian.core.disk.file_cache.time.time_ns", lambda: now + 10**10)
    monkeypatch.setattr(
        "kejian.core.disk.file_cache.open", lambda *name: found.append(name) or real(*name), raising=False
    )
    return found


def read(file):
    return file_cache.read(str(file), file.stat())


def digest(file):
    return file_cache.digest(str(file), file.stat())


def overwritten(file, start):
    """Other bytes in the same file, of the same size, with its time set back."""
    before = file.stat()
    with file.open("r+b") as opened:
        opened.write(start)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("size", [10, LARGE], ids=["small", "large"])
def test_unchanged_file_is_opened_once(file, opened, size):
    file.write_bytes(bytes(size))
    assert len({digest(file) for _ in range(3)}) == 1
    assert len(opened) == 1


@pytest.mark.parametrize("size", [10, LARGE], ids=["small", "large"])
def test_overwritten_file_is_opened_again(file, opened, size):
    """What counts is the time of the last change of any kind, which no program sets."""
    file.write_bytes(bytes(size))
    first = digest(file)
    overwritten(file, b"other")
    assert digest(file) != first
    assert len(opened) == 2


@pytest.mark.parametrize("sizes", [(20, 10), (10, 20)], ids=["shorter", "longer"])
def test_file_of_another_size_is_opened_again(file, opened, sizes):
    for size in sizes:
        file.write_bytes(bytes(size))
        assert len(read(file).data) == size
    assert len(opened) == 2


def test_the_content_is_that_of_the_file(file, opened):
    file.write_bytes(b"one")
    assert read(file) == read(file) == (b"one", digest(file))
    overwritten(file, b"two")
    assert read(file).data == b"two"
    assert len(opened) == 2


@pytest.mark.parametrize("size", [10, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("age, times", [(0, 2), (10**9, 2), (10**9 + 1, 1)])
def test_a_file_is_known_once_nothing_has_touched_it_for_a_second(file, opened, monkeypatch, size, age, times):
    file.write_bytes(bytes(size))
    written = file.stat().st_ctime_ns
    monkeypatch.setattr("kejian.core.disk.file_cache.time.time_ns", lambda: written + age)
    assert digest(file) == digest(file)
    assert len(opened) == times


def test_only_the_digest_of_a_large_file_is_kept(file, opened):
    for size, times in ((LARGE, 2), (LARGE - 1, 3)):
        file.write_bytes(bytes(size))
        assert [len(read(file).data) for _ in range(2)] == [size] * 2
        assert len(opened) == times


def test_thirty_two_mebibytes_are_kept(tmp_path, opened, monkeypatch):
    monkeypatch.setattr("kejian.core.disk.file_cache._KNOWN", {})
    monkeypatch.setattr("kejian.core.disk.file_cache._HELD", [0])
    files = [tmp_path / str(n) for n in range(65)]
    for file in files:
        file.write_bytes(bytes(2**19))
    for file in [*files[:64], *files[:64]]:
        read(file)
    assert len(opened) == 64
    read(files[64])
    read(files[0])
    assert len(opened) == 66


def test_no_more_is_kept_than_there_is_room_for(tmp_path, opened, monkeypatch):
    monkeypatch.setattr("kejian.core.disk.file_cache._MOST", 25)
    files = [tmp_path / name for name in "abcd"]
    for file in files:
        file.write_bytes(b"0123456789")
    assert [read(file).data for file in files * 2] == [b"0123456789"] * 8
    assert len(opened) == 8
    read(files[3])
    assert len(opened) == 8
