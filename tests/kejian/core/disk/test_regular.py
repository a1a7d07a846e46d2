"""Regular files, and what is none."""

import os
import socket

import pytest

from kejian.core.disk import regular


def test_a_file_is_read(tmp_path):
    (tmp_path / "a").write_bytes(b"1234")
    assert regular.read(tmp_path / "a", 4) == b"1234"
    assert regular.kind(os.lstat(tmp_path / "a")) == ""


def test_file_over_the_limit_is_not_read(tmp_path):
    (tmp_path / "a").write_bytes(b"12345")
    with pytest.raises(OSError, match="it is larger than 4 bytes"):
        regular.read(tmp_path / "a", 4)


def bound(path):
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path.name)


OTHERS = {
    "a folder": lambda path: path.mkdir(),
    "a pipe": os.mkfifo,
    "a link": lambda path: path.symlink_to("/dev/zero"),
    "a socket": bound,
}


@pytest.mark.parametrize("kind, make", OTHERS.items(), ids=OTHERS)
def test_other_kinds_of_files_are_refused_without_blocking(tmp_path, monkeypatch, kind, make):
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "a")
    with pytest.raises(regular.NotRegularError, match=f"it is {kind}, not a file"):
        regular.read(tmp_path / "a", 4)
    assert regular.kind(os.lstat(tmp_path / "a")) == kind


def test_a_device_is_none_and_a_missing_file_is_missing(tmp_path):
    with pytest.raises(OSError, match="it is a device"):
        regular.read("/dev/zero", 4)
    with pytest.raises(FileNotFoundError):
        regular.read(tmp_path / "a", 4)
