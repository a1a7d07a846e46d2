"""Publishing: all of a site or nothing of it, and never a file that is not ours."""

import os
import shutil

import pytest

from kejian.core.disk.open_folder import InTheWayError
from kejian.render import publish as module
from kejian.render.publish import ForeignFilesError, ForeignSiteError, SitePublisher


def publish(out, files, keeps=()):
    site = SitePublisher(out=out, course=out.parent, keeps=lambda path: path in keeps)
    for path, data in files.items():
        site.write(path, data)
    return site.commit()


def tree(out):
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


@pytest.fixture
def out(tmp_path):
    return tmp_path / "site"


def test_a_site_appears_whole(out):
    assert publish(out, {"index.html": b"i", "a/b.html": b"b"}) == 2
    assert set(tree(out)) == {"index.html", "a/b.html", "_kejian/manifest.json"}
    assert [p.name for p in out.parent.iterdir()] == ["site"]


def test_nothing_changes_before_the_commit(out):
    publish(out, {"a.html": b"old"})
    site = SitePublisher(out=out, course=out.parent)
    site.write("a.html", b"new")
    site.keep("b.html", "0" * 64, 1, lambda: pytest.fail("loaded"))
    assert tree(out)["a.html"] == b"old"
    assert [p.name for p in out.parent.iterdir()] == ["site"]


def test_vanished_pages_are_pruned_and_kept_files_stay(out):
    publish(out, {"a.html": b"a", "b.html": b"b"})
    (out / "CNAME").write_bytes(b"example.org")
    assert publish(out, {"a.html": b"a"}, keeps=["CNAME"]) == 0
    assert set(tree(out)) == {"a.html", "CNAME", "_kejian/manifest.json"}


def test_a_file_that_no_build_wrote_is_neither_kept_nor_lost(out):
    publish(out, {"a.html": b"a"})
    (out / "deep").mkdir()
    (out / "deep" / "notes.txt").write_bytes(b"mine")
    before = tree(out)
    with pytest.raises(ForeignFilesError) as found:
        publish(out, {"a.html": b"new"})
    assert found.value.paths == ("deep/notes.txt",)
    assert tree(out) == before


def test_foreign_file_that_appears_during_a_build_is_kept(out):
    publish(out, {"a.html": b"a"})
    site = SitePublisher(out=out, course=out.parent)
    site.write("a.html", b"new")
    (out / "CNAME").write_bytes(b"example.org")
    with pytest.raises(ForeignFilesError):
        site.commit()
    assert tree(out)["CNAME"] == b"example.org"
    assert [p.name for p in out.parent.iterdir()] == ["site"]


def test_files_of_file_managers_are_ignored(out):
    publish(out, {"a.html": b"a"})
    (out / ".DS_Store").write_bytes(b"x")
    publish(out, {"a.html": b"new"})
    assert set(tree(out)) == {"a.html", "_kejian/manifest.json"}


@pytest.mark.parametrize("path", ["a.html", "slides", "_kejian", "new.html"])
def test_no_link_in_a_site_is_followed_or_kept(out, tmp_path, path):
    publish(out, {"a.html": b"a", "slides/b.html": b"b"})
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "folder").mkdir(parents=True)
    (elsewhere / "folder" / "b.html").write_bytes(b"b")
    if (out / path).is_dir():
        shutil.rmtree(out / path)
    (out / path).unlink(missing_ok=True)
    (out / path).symlink_to(elsewhere / "folder")
    with pytest.raises((ForeignFilesError, ForeignSiteError)):
        publish(out, {"a.html": b"new", "slides/b.html": b"b"}, keeps=[path])
    assert tree(elsewhere) == {"folder/b.html": b"b"}


@pytest.mark.parametrize("name", [".site.new", ".site.old"])
@pytest.mark.parametrize("stands", ["link", "file", "folder"])
def test_what_stands_in_the_way_of_the_stage_goes_itself(out, tmp_path, name, stands):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "config").write_bytes(b"theirs")
    publish(out, {"a.html": b"a"})
    if stands == "link":
        (out.parent / name).symlink_to(elsewhere)
    elif stands == "file":
        (out.parent / name).write_bytes(b"x")
    else:
        (out.parent / name).mkdir()
        (out.parent / name / "link").symlink_to(elsewhere)
    publish(out, {"a.html": b"new", "config": b"ours"})
    assert tree(elsewhere) == {"config": b"theirs"}
    assert {p.name for p in out.parent.iterdir()} == {"site", "elsewhere"}


def test_a_site_that_is_a_link_is_refused(out, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    out.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InTheWayError, match="symbolic link"):
        publish(out, {"a.html": b"a"})
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_as_the_old_site_is_not_put_back(out, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    out.with_name(".site.old").symlink_to(tmp_path / "elsewhere")
    publish(out, {"a.html": b"a"})
    assert not out.is_symlink()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def hostile_manifests():
    yield "a list", b"[]"
    yield "no files", b'{"files": 3}'
    yield "deep", b"[" * 100_000
    yield "a large number", b'{"files": {"a": ["x", 1e999]}}'
    yield "not UTF-8", b"\xff\xfe"
    yield "wrong types", b'{"files": {"a": 3}}'


@pytest.mark.parametrize(
    "text", [text for _, text in hostile_manifests()], ids=[name for name, _ in hostile_manifests()]
)
def test_a_manifest_of_any_shape_is_no_site(out, text):
    (out / "_kejian").mkdir(parents=True)
    (out / "_kejian" / "manifest.json").write_bytes(text)
    (out / "index.html").write_bytes(b"years of work")
    with pytest.raises(ForeignSiteError):
        publish(out, {"index.html": b"a"})
    assert tree(out)["index.html"] == b"years of work"


def test_a_manifest_that_is_a_pipe_is_not_waited_for(out):
    (out / "_kejian").mkdir(parents=True)
    os.mkfifo(out / "_kejian" / "manifest.json")
    with pytest.raises(ForeignSiteError):
        publish(out, {"index.html": b"a"})


def test_a_manifest_too_large_to_read_is_not_read(out, monkeypatch):
    publish(out, {"a.html": b"a"})
    monkeypatch.setattr(module, "_LARGEST", 10)
    with pytest.raises(ForeignSiteError):
        publish(out, {"a.html": b"b"})


def test_an_unchanged_site_is_left_alone(out):
    publish(out, {"a.html": b"a"})
    before = (out / "a.html").stat(), out.stat()
    assert publish(out, {"a.html": b"a"}) == 0
    assert ((out / "a.html").stat(), out.stat()) == before


def test_a_file_damaged_or_removed_in_the_site_is_written_again(out):
    publish(out, {"a.html": b"a", "b.html": b"b"})
    (out / "a.html").unlink()
    (out / "b.html").write_bytes(b"longer")
    publish(out, {"a.html": b"a", "b.html": b"b"})
    assert tree(out)["a.html"] == b"a"
    assert tree(out)["b.html"] == b"b"


def test_kept_files_are_loaded_only_where_the_old_site_lacks_them(out):
    digest = SitePublisher(out=out, course=out.parent).write("a.html", b"a")
    publish(out, {"a.html": b"a"})
    site = SitePublisher(out=out, course=out.parent)
    site.keep("a.html", digest, 1, lambda: pytest.fail("loaded"))
    site.write("b.html", b"b")
    assert site.commit() == 1
    (out / "a.html").unlink()
    site = SitePublisher(out=out, course=out.parent)
    site.keep("a.html", digest, 1, lambda: b"a")
    site.write("b.html", b"b")
    site.commit()
    assert tree(out)["a.html"] == b"a"


def test_a_copied_file_is_read_only_where_it_changed(out, tmp_path):
    source = tmp_path / "film.mp4"
    source.write_bytes(b"film" * 1000)
    site = SitePublisher(out=out, course=out.parent)
    site.copy("a/film.mp4", source)
    assert site.commit() == 1
    assert (out / "a" / "film.mp4").read_bytes() == b"film" * 1000
    site = SitePublisher(out=out, course=out.parent)
    site.copy("a/film.mp4", source)
    assert site.commit() == 0
    with pytest.raises(FileNotFoundError):
        SitePublisher(out=out, course=out.parent).copy("b", tmp_path / "gone")


def test_folder_with_foreign_files_is_refused(out):
    out.mkdir()
    (out / "thesis.tex").write_text("years of work")
    with pytest.raises(ForeignSiteError):
        SitePublisher(out=out, course=out.parent)
    assert set(tree(out)) == {"thesis.tex"}


def test_interrupted_swap_is_repaired(out):
    publish(out, {"a.html": b"a"})
    out.rename(out.with_name(".site.old"))
    SitePublisher(out=out, course=out.parent)
    assert tree(out)["a.html"] == b"a"
