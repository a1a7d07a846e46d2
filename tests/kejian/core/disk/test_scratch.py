"""What killed commands leave is swept; what a running one uses is not. The owners here are processes of their own."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from kejian.core.disk.locks import locked, unused
from kejian.core.disk.output_folder import OutputFolder
from kejian.core.disk.scratch import owned, shared, sweep, sweep_files, temporary
from kejian.core.disk.store import Store, digest

OWNER = """
import sys, time
from pathlib import Path
from kejian.core.disk.scratch import owned
with owned(Path(sys.argv[1]), "cold-") as folder:
    (folder / "keras").mkdir()
    print(folder, flush=True)
    time.sleep(60)
"""
USER = """
import os, sys, time
from pathlib import Path
from kejian.core.disk.scratch import temporary
with temporary(Path(sys.argv[1])) as folder:
    (folder / "site").mkdir()
    os.utime(folder.parent, (time.time() - 7200,) * 2)
    print(folder, flush=True)
    time.sleep(60)
"""
WRITER = """
import sys, time
from pathlib import Path
from kejian.core.disk.open_folder import OpenFolder
from kejian.core.disk.output_folder import OutputFolder
def half(folder, name, data):
    (folder.path / name).write_bytes(data[:1])
    print(folder.path / name, flush=True)
    time.sleep(60)
OpenFolder.create = half  # a disk that is slow
OutputFolder(Path(sys.argv[1])).replace("target", b"whole", Path(sys.argv[2]))
"""


@contextmanager
def running(script, *words):
    """A process that has made something: itself, and what it says it has made."""
    process = subprocess.Popen([sys.executable, "-c", script, *words], stdout=subprocess.PIPE, text=True)
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def test_an_owned_folder_is_removed_in_the_end(tmp_path):
    cache = tmp_path / "course" / ".kejian"
    with owned(cache, "cold-") as folder:
        (folder / "a").write_text("a")
        assert folder.parent == cache
    assert list(cache.iterdir()) == []


def test_an_owned_folder_may_be_gone_by_then(tmp_path):
    with owned(tmp_path, "cold-") as folder:
        folder.rmdir()
    assert not folder.exists()


def test_many_may_make_folders_at_once(tmp_path):
    with locked(tmp_path, shared=True), owned(tmp_path, "cold-") as folder:  # a lock of one alone would never come
        assert folder.exists()


def test_the_folder_of_a_running_process_is_swept_once_it_is_killed(tmp_path):
    with running(OWNER, tmp_path) as (owner, made):
        sweep(tmp_path)
        assert [str(path) for path in tmp_path.iterdir()] == [made]
        owner.send_signal(signal.SIGKILL)
        owner.wait()
        sweep(tmp_path)
        assert list(tmp_path.iterdir()) == []


def test_sweep_keeps_folders_of_its_own_process(tmp_path):
    with owned(tmp_path, "cold-") as folder, owned(tmp_path, "cold-") as other:
        sweep(tmp_path)
        assert folder.exists()
        assert other.exists()


def test_nothing_is_swept_while_a_folder_is_being_made(tmp_path):
    (tmp_path / "cold-new").mkdir()
    with locked(tmp_path, shared=True):
        sweep(tmp_path)
    assert (tmp_path / "cold-new").exists()
    sweep(tmp_path)
    assert not (tmp_path / "cold-new").exists()


@pytest.mark.parametrize("name", ["aside", "seen"])
def test_a_file_that_is_being_written_is_swept_once_its_writer_is_killed(tmp_path, name):
    aside = tmp_path / ".kejian" / name
    with running(WRITER, tmp_path, aside) as (writer, made):
        sweep(tmp_path / ".kejian")
        assert [str(path) for path in aside.iterdir()] == [made]
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        OutputFolder(tmp_path).replace("other", b"others write meanwhile", aside)
        sweep(tmp_path / ".kejian")
        assert list(aside.iterdir()) == []
    assert not (tmp_path / "target").exists()


def test_sweep_removes_abandoned_files_of_the_cache(tmp_path):
    store = Store(tmp_path / "cache")
    store.put(digest("k"), b"x")
    (entry,) = store.root.glob("??/*")
    with running(WRITER, entry.parent, entry.parent) as (writer, made):
        store.prune()
        assert {str(path) for path in entry.parent.iterdir()} == {made, str(entry)}
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        store.prune()
    assert list(entry.parent.iterdir()) == [entry]


def test_sweep_keeps_files_of_other_names(tmp_path):
    (tmp_path / "examples").mkdir()
    (tmp_path / "cold-file").write_text("x")
    (tmp_path / "aside").mkdir()
    (tmp_path / "aside" / "new").write_text("x")
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["aside", "cold-file", "examples", "new"]


def test_links_are_not_followed(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "folder").mkdir(parents=True)
    cache = tmp_path / ".kejian"
    (cache / "aside").mkdir(parents=True)
    (cache / "cold-1").symlink_to(elsewhere)
    (cache / "aside" / ".new-1").symlink_to(elsewhere / "folder")
    sweep(cache)
    assert (elsewhere / "folder").is_dir()


def test_without_locks_a_day_old_folder_is_unused(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "fcntl", None)
    (tmp_path / "aside").mkdir()
    for age in (0, 2 * 86_400):
        (tmp_path / f"cold-{age}").mkdir()
        (tmp_path / "aside" / f".new-{age}").write_text("x")
        for path in (tmp_path / f"cold-{age}", tmp_path / "aside" / f".new-{age}"):
            os.utime(path, (time.time() - age,) * 2)
    with unused(tmp_path) as free:
        assert free is None
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*")) == [".new-0", "aside", "cold-0"]


def test_nothing_to_sweep_is_nothing_to_do(tmp_path):
    sweep(tmp_path / "no" / "folder")
    sweep_files(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_temporary_folder_is_removed_in_the_end():
    with temporary() as folder:
        (folder / "a").write_text("a")
        assert folder.parent.parent == Path(tempfile.gettempdir())
    assert not folder.parent.exists()


def test_temporary_folder_can_be_locked_by_its_user(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for folder in (temporary(), shared("a")):
        with folder as own, unused(own) as free:
            assert free is True


def test_temporary_folder_of_a_killed_command_is_removed_by_the_next(tmp_path):
    with running(USER, tmp_path) as (user, made):
        with temporary(tmp_path):
            assert Path(made, "site").is_dir()  # it has been there for long, but is in use
        user.kill()
        user.wait()
        with temporary(tmp_path) as own:
            assert list(tmp_path.iterdir()) == [own.parent]


@pytest.mark.parametrize(
    "name",
    ["kejian-aside", "kejian-course", "notes", "kejian-aside-link", "kejian-aside-new", "kejian-aside-of-half-an-hour"],
)
def test_sweep_keeps_links_new_folders_and_those_of_others(tmp_path, name):
    """A link leads elsewhere; a new folder may not have been locked yet; others belong to other programs."""
    other = tmp_path / "other" / "folder"
    other.mkdir(parents=True)
    path = tmp_path / name
    if name.endswith("link"):
        path.symlink_to(other)
    else:
        path.mkdir()
    if not name.endswith("new"):
        os.utime(path, (time.time() - (1800 if name.endswith("hour") else 7200),) * 2, follow_symlinks=False)
    with temporary(tmp_path):
        assert path.exists()
        assert other.exists()


def test_shared_folder_is_found_by_name_and_removed_when_old(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with shared("a") as folder:
        (folder / "trained").write_text("once")
        os.utime(folder.parent, (0, 0))
        with shared("a") as same, temporary():
            assert same == folder
            assert (same / "trained").read_text() == "once"
        os.utime(folder.parent, (0, 0))
        with temporary() as other:
            assert sorted(tmp_path.iterdir()) == sorted([folder.parent, other.parent]), "it is old, but in use"
    with temporary() as other:
        assert list(tmp_path.iterdir()) == [other.parent]
    with shared("a") as folder:
        assert list(folder.iterdir()) == []


def test_a_shared_folder_is_for_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with shared("a") as folder:
        assert folder.parent.stat().st_mode & 0o077 == 0
