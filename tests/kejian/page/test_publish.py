"""Publishing: all of a site or nothing of it, and never a file that is not ours."""

import pytest

from kejian.page.publish import NotOurs, Site


def publish(out, files):
    site = Site(out)
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
    site = Site(out)
    site.write("a.html", b"new")
    site.keep("b.html", "0" * 64, 1, lambda: pytest.fail("loaded"))
    assert tree(out)["a.html"] == b"old"
    assert [p.name for p in out.parent.iterdir()] == ["site"]


def test_what_vanished_is_pruned_and_what_is_foreign_stays(out):
    publish(out, {"a.html": b"a", "b.html": b"b"})
    (out / "CNAME").write_bytes(b"example.org")
    assert publish(out, {"a.html": b"a"}) == 0
    assert set(tree(out)) == {"a.html", "CNAME", "_kejian/manifest.json"}


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
    digest = Site(out).write("a.html", b"a")
    publish(out, {"a.html": b"a"})
    site = Site(out)
    site.keep("a.html", digest, 1, lambda: pytest.fail("loaded"))
    site.write("b.html", b"b")
    assert site.commit() == 1
    (out / "a.html").unlink()
    site = Site(out)
    site.keep("a.html", digest, 1, lambda: b"a")
    site.write("b.html", b"b")
    site.commit()
    assert tree(out)["a.html"] == b"a"


def test_a_copied_file_is_read_only_where_it_changed(out, tmp_path):
    source = tmp_path / "film.mp4"
    source.write_bytes(b"film" * 1000)
    site = Site(out)
    site.copy("a/film.mp4", source)
    assert site.commit() == 1
    assert (out / "a" / "film.mp4").read_bytes() == b"film" * 1000
    site = Site(out)
    site.copy("a/film.mp4", source)
    assert site.commit() == 0
    with pytest.raises(FileNotFoundError):
        Site(out).copy("b", tmp_path / "gone")


def test_a_folder_with_files_of_somebody_else_is_refused(out):
    out.mkdir()
    (out / "thesis.tex").write_text("years of work")
    with pytest.raises(NotOurs):
        Site(out)
    assert set(tree(out)) == {"thesis.tex"}


def test_a_swap_that_was_cut_short_is_mended(out):
    publish(out, {"a.html": b"a"})
    out.rename(out.with_name(".site.old"))
    Site(out)
    assert tree(out)["a.html"] == b"a"
