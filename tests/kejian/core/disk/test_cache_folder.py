"""A cache counts where this machine made it; anything else of its name is removed, whatever it is."""

import os
import shutil
import subprocess
import sys

import pytest

from kejian.core.disk import cache_folder as module
from kejian.core.disk.cache_folder import cache_folder, claimed, is_ours


@pytest.fixture
def course(tmp_path):
    (tmp_path / "course").mkdir()
    return tmp_path / "course"


@pytest.fixture
def new_user(monkeypatch, tmp_path):
    """Another machine, as far as keys are concerned."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    module._key.cache_clear()
    yield
    module._key.cache_clear()


def test_cache_folder_is_created_only_on_request(course):
    assert cache_folder(course) == course / ".kejian"
    assert not (course / ".kejian").exists()
    cache_folder(course, make=True)
    assert is_ours(course / ".kejian")


def test_content_of_our_own_cache_is_kept(course):
    (cache_folder(course, make=True) / "entry").write_text("x")
    assert (cache_folder(course, make=True) / "entry").read_text() == "x"
    assert (cache_folder(course) / "entry").read_text() == "x"


@pytest.mark.parametrize("make", [True, False])
def test_cache_from_a_checkout_is_emptied(course, make):
    (course / ".kejian" / "cache").mkdir(parents=True)
    (course / ".kejian" / "cache" / "page").write_text("theirs")
    assert list(cache_folder(course, make=make).glob("cache/*")) == []


def test_copy_of_our_cache_is_emptied(course, tmp_path):
    (cache_folder(course, make=True) / "entry").write_text("changed meanwhile")
    copy = shutil.copytree(course, tmp_path / "copy")
    assert not is_ours(copy / ".kejian")
    assert not (cache_folder(copy) / "entry").exists()
    assert is_ours(course / ".kejian")


def test_cache_moved_with_its_course_is_still_ours(course, tmp_path):
    (cache_folder(course, make=True) / "entry").write_text("x")
    course.rename(tmp_path / "moved")
    assert (cache_folder(tmp_path / "moved") / "entry").read_text() == "x"


def test_a_link_is_removed_and_what_it_leads_to_is_not(course, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "cold-1").mkdir()
    (course / ".kejian").symlink_to(tmp_path / "elsewhere")
    assert not cache_folder(course, make=True).is_symlink()
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["cold-1"]


def test_a_link_to_a_cache_of_ours_is_none(course, tmp_path):
    (tmp_path / "other").mkdir()
    (course / ".kejian").symlink_to(cache_folder(tmp_path / "other", make=True))
    assert not is_ours(course / ".kejian")


@pytest.mark.parametrize("code", ["link", "folder", "pipe", "empty", "long"])
def test_cache_is_ours_by_a_file_with_a_valid_code(course, tmp_path, code):
    folder = cache_folder(course, make=True)
    file = folder / module._OWNER
    right = file.read_bytes()
    file.unlink()
    if code == "link":
        (tmp_path / "code").write_bytes(right)
        file.symlink_to(tmp_path / "code")
    elif code == "folder":
        file.mkdir()
    elif code == "pipe":
        os.mkfifo(file)
    else:
        file.write_bytes(b"" if code == "empty" else right + b"x" * 200)
    assert not is_ours(folder)


def test_a_file_of_that_name_is_not_removed(course):
    (course / ".kejian").write_text("my notes")
    with pytest.raises(OSError, match="not a folder"):
        cache_folder(course)
    assert (course / ".kejian").read_text() == "my notes"


@pytest.mark.usefixtures("new_user")
def test_cache_of_another_user_is_not_ours(course, monkeypatch, tmp_path):
    cache_folder(course, make=True)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another"))
    module._key.cache_clear()
    assert not is_ours(course / ".kejian")


@pytest.mark.usefixtures("new_user")
def test_the_key_is_secret_and_made_once(course, tmp_path):
    cache_folder(course, make=True)
    key = tmp_path / "state" / "kejian" / "cache-key"
    assert key.stat().st_mode & 0o777 == 0o600
    before = key.read_bytes()
    module._key.cache_clear()
    assert is_ours(course / ".kejian")
    assert key.read_bytes() == before
    assert len(list(key.parent.iterdir())) == 1


@pytest.mark.usefixtures("new_user")
def test_a_damaged_key_is_made_anew(tmp_path, course):
    key = tmp_path / "state" / "kejian" / "cache-key"
    key.parent.mkdir(parents=True)
    key.write_bytes(b"short")
    cache_folder(course, make=True)
    assert len(key.read_bytes()) == 32


@pytest.mark.usefixtures("new_user")
def test_cache_works_without_a_persistent_key(tmp_path, course):
    (tmp_path / "state").write_text("a file where a folder is to be")
    cache_folder(course, make=True)
    module._key.cache_clear()
    assert is_ours(course / ".kejian")


def test_machines_that_share_a_secret_share_a_cache(course, tmp_path, monkeypatch):
    monkeypatch.setenv("KEJIAN_CACHE_KEY", "of our continuous integration")
    (cache_folder(course, make=True) / "entry").write_text("x")
    copy = shutil.copytree(course, tmp_path / "copy")
    assert (cache_folder(copy) / "entry").read_text() == "x"
    monkeypatch.setenv("KEJIAN_CACHE_KEY", "guessed")
    assert not is_ours(copy / ".kejian")


def test_many_at_once_agree_on_one_key(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    code = "from kejian.core.disk.cache_folder import _key; print(_key().hex())"
    started = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(8)]
    assert len({one.communicate()[0] for one in started}) == 1


def test_writing_into_a_cache_signs_it_first(course):
    claimed(course / ".kejian" / "cache" / "ab" / "cdef")
    assert is_ours(course / ".kejian")
    claimed(course / "elsewhere" / "file")
    assert [path.name for path in course.iterdir()] == [".kejian"]


def test_cache_is_ignored_by_git(course):
    cache_folder(course, make=True)
    subprocess.run(["git", "init", "-q"], cwd=course, check=True)
    done = subprocess.run(["git", "status", "--porcelain"], cwd=course, check=True, capture_output=True)
    assert done.stdout == b""
