"""What is written goes where it should, whole, and through no link."""

import os
import tempfile
from pathlib import Path

import pytest

from kejian.core.disk import open_folder
from kejian.core.disk.open_folder import InTheWayError
from kejian.core.disk.output_folder import OutputFolder, output_folder


@pytest.fixture(params=["named handles", "handles", "no handles"])
def folder(request, tmp_path, monkeypatch):
    """A folder on a system with handles for folders, and on one without."""
    monkeypatch.setattr(open_folder, "_HANDLES", request.param != "no handles" and open_folder._HANDLES)
    if request.param == "handles":
        monkeypatch.setattr(open_folder, "_HANDLE_FOLDER", "")
    (tmp_path / "out").mkdir()
    return OutputFolder(tmp_path / "out")


@pytest.fixture
def elsewhere(tmp_path):
    """A folder that links lead to, with a file in it."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "config").write_text("theirs")
    return tmp_path / "elsewhere"


def tree(root):
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_a_new_file_appears_with_its_folders_and_its_mode(folder):
    folder.create("a/b/c.html", b"c", 0o640)
    assert tree(folder.base) == {"a/b/c.html": b"c"}
    assert (folder.base / "a/b/c.html").stat().st_mode & 0o777 == 0o640


def test_the_folder_itself_is_made_with_those_around_it(tmp_path):
    OutputFolder(tmp_path / "x" / "y").create("a", b"1")
    assert (tmp_path / "x" / "y" / "a").read_bytes() == b"1"


def test_a_file_is_replaced_whole(folder):
    folder.replace("deep/a.bin", b"1")
    folder.replace("deep/a.bin", b"22")
    assert tree(folder.base) == {"deep/a.bin": b"22"}


def test_a_file_may_be_written_in_another_folder_first(folder, tmp_path):
    folder.replace("deep/a.bin", b"1", tmp_path / "aside" / "here")
    assert tree(folder.base) == {"deep/a.bin": b"1"}
    assert list((tmp_path / "aside" / "here").iterdir()) == []


def test_a_folder_on_another_disk_is_no_obstacle(tmp_path):
    with tempfile.TemporaryDirectory(dir="/dev/shm") as other:
        if os.stat(other).st_dev == tmp_path.stat().st_dev:
            pytest.skip(reason="/dev/shm is on the disk of the temporary files")
        OutputFolder(tmp_path).replace("a.bin", b"1", Path(other))
        assert os.listdir(other) == []
    assert tree(tmp_path) == {"a.bin": b"1"}


@pytest.mark.parametrize("aside", [None, "aside"])
def test_failed_move_leaves_no_temporary_file(folder, aside):
    (folder.base / "a.bin").mkdir()
    with pytest.raises(IsADirectoryError):
        folder.replace("a.bin", b"1", folder.base / aside if aside else None)
    assert [path.name for path in folder.base.rglob("*")] == ["a.bin", *([aside] if aside else [])]


def test_a_file_in_the_way_of_the_folder_aside_is_an_error(folder, tmp_path):
    (tmp_path / "aside").write_text("in the way")
    with pytest.raises(FileExistsError):
        folder.replace("a.bin", b"1", tmp_path / "aside")
    assert tree(folder.base) == {}


def test_a_file_that_cannot_be_written_is_named(folder):
    (folder.base / "full").write_bytes(b"")
    with pytest.raises(FileExistsError) as there:
        folder.create("full", b"x")
    assert there.value.filename == str(folder.base / "full")


def test_error_names_what_cannot_be_created_or_moved(folder):
    folder.create("full/file", b"")
    folder.create("also/file", b"")
    with pytest.raises(OSError, match="not empty") as moved:
        folder.rename("also", "full")
    assert moved.value.filename == str(folder.base / "full")
    with pytest.raises(OSError, match="too long") as made:
        folder.fresh("a" * 300)
    assert made.value.filename == str(folder.base / ("a" * 300))


@pytest.mark.parametrize("act", ["create", "replace", "fresh", "remove", "digest", "files"])
@pytest.mark.parametrize("path", ["link/config", "link/new/config"])
def test_no_link_on_the_way_is_followed(folder, elsewhere, act, path):
    (folder.base / "link").symlink_to(elsewhere)
    with pytest.raises(InTheWayError, match="symbolic link") as refused:
        list(getattr(folder, act)(path, *([b"mine"] if act in ("create", "replace") else [])) or ())
    assert tree(elsewhere) == {"config": b"theirs"}
    assert f"rm {folder.base / 'link'}" in refused.value.hint


def test_a_file_on_the_way_is_said_to_be_one(folder):
    folder.create("a", b"")
    with pytest.raises(InTheWayError, match="not a folder"):
        folder.create("a/b", b"")


@pytest.mark.parametrize("to", ["elsewhere", "elsewhere/config"])
def test_a_link_at_the_end_is_replaced_itself(folder, elsewhere, to):
    (folder.base / "a").symlink_to(elsewhere.parent / to)
    folder.replace("a", b"mine")
    assert not (folder.base / "a").is_symlink()
    assert (tree(folder.base), tree(elsewhere)) == ({"a": b"mine"}, {"config": b"theirs"})


def test_a_new_file_is_not_written_through_a_link(folder, elsewhere):
    (folder.base / "a").symlink_to(elsewhere / "new")
    with pytest.raises(FileExistsError):
        folder.create("a", b"mine")
    assert tree(elsewhere) == {"config": b"theirs"}


@pytest.mark.parametrize("stands", ["link", "file", "folder", "dangling", "nothing"])
def test_a_fresh_folder_is_empty_and_no_link(folder, elsewhere, stands):
    at = folder.base / "stage"
    if stands in ("link", "dangling"):
        at.symlink_to(elsewhere if stands == "link" else "nowhere")
    elif stands == "file":
        at.write_text("x")
    elif stands == "folder":
        (at / "deep").mkdir(parents=True)
        (at / "deep" / "link").symlink_to(elsewhere)
    folder.fresh("stage")
    assert at.is_dir()
    assert not at.is_symlink()
    assert list(at.iterdir()) == []
    assert tree(elsewhere) == {"config": b"theirs"}


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "nothing"])
def test_only_a_regular_file_is_read(folder, elsewhere, kind):
    at = folder.base / "a"
    if kind == "link":
        at.symlink_to(elsewhere / "config")
    elif kind == "folder":
        at.mkdir()
    elif kind == "pipe":
        os.mkfifo(at)  # opened for reading it would wait for ever
    with pytest.raises(OSError, match="no such file"):
        folder.digest("a")


def test_a_file_over_the_limit_is_not_read(folder):
    folder.create("a", b"12345")
    with folder.open("a", 5) as file:
        assert file.read() == b"12345"
    with pytest.raises(OSError, match="large"), folder.open("a", 4):
        pass


def test_a_second_name_is_no_second_copy(folder):
    folder.create("old/a", b"1", 0o600)
    folder.link("old/a", "new/b", 0o644)
    assert (folder.base / "new/b").samefile(folder.base / "old/a")
    assert (folder.base / "new/b").stat().st_mode & 0o777 == 0o644


def test_link_falls_back_to_a_copy(folder, monkeypatch):
    def none(*_, **__):
        raise OSError

    monkeypatch.setattr(os, "link", none)
    folder.create("old/a", b"1")
    folder.link("old/a", "new/b", 0o644)
    assert (folder.base / "new/b").read_bytes() == b"1"


def test_files_lists_a_folder_without_following_links(folder, elsewhere):
    folder.create("site/a/b", b"")
    folder.create("site/c", b"")
    (folder.base / "site" / "link").symlink_to(elsewhere)
    assert [path for path, _ in folder.files("site")] == ["a/b", "c", "link"]


def test_below_the_course_nothing_is_trusted(tmp_path):
    course = tmp_path / "course"
    course.mkdir()
    (tmp_path / "alias").symlink_to(course)
    assert output_folder(course / "a" / "b", course) == (OutputFolder(course), "a/b")
    assert output_folder(tmp_path / "alias" / "a" / "b", course) == (OutputFolder(course), "a/b")
    assert output_folder(tmp_path / "alias" / "a", tmp_path / "alias") == (OutputFolder(course), "a")


def test_outside_the_checkout_only_the_parent_is_trusted(tmp_path):
    (tmp_path / "course").mkdir()
    (tmp_path / "real").mkdir()
    (tmp_path / "alias").symlink_to(tmp_path / "real")
    assert output_folder(tmp_path / "alias" / "pdf", tmp_path / "course") == (OutputFolder(tmp_path / "real"), "pdf")
    out, name = output_folder(tmp_path / "alias", tmp_path / "course")
    with pytest.raises(InTheWayError):
        out.create(f"{name}/a", b"")
