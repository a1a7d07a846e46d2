"""A course's folder is the only thing a build reads."""

import os
from hashlib import sha256

import pytest

from kejian.core.disk.files import FileAccessError, Folder


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "course" / "slides").mkdir(parents=True)
    (tmp_path / "course" / "slides" / "a.md").write_text("\ufeffone\r\ntwo\rthree", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret")
    return Folder(tmp_path / "course")


def test_text_has_plain_line_ends_and_no_byte_order_mark(folder):
    assert folder.text("slides/a.md") == "one\ntwo\nthree"


@pytest.mark.parametrize("path", ["../secret.txt", "slides/../../secret.txt", "/etc/passwd", "..", "a\0b"])
def test_paths_that_lead_out_are_refused(folder, path):
    with pytest.raises(FileAccessError, match="out of the course"):
        folder.text(path)


def test_a_symbolic_link_that_leads_out_is_refused(folder):
    os.symlink(folder.root.parent / "secret.txt", folder.root / "link.txt")
    with pytest.raises(FileAccessError, match="out of the course"):
        folder.text("link.txt")
    assert not folder.has("link.txt")


def test_a_loop_of_links_is_refused(folder):
    os.symlink("loop", folder.root / "loop")
    with pytest.raises(FileAccessError):
        folder.text("loop")


def test_a_missing_file_names_its_neighbour(folder):
    with pytest.raises(FileAccessError) as e:
        folder.text("slides/b.md")
    assert e.value.hint == "did you mean a.md?"


@pytest.mark.parametrize("data, words", [(b"\x89PNG\0\0", "not a text file"), (b"ok\n\xff\xfe", "line 2 is not UTF-8")])
def test_binary_files_are_not_text(folder, data, words):
    (folder.root / "x.md").write_bytes(data)
    with pytest.raises(FileAccessError, match=words):
        folder.text("x.md")


def test_a_folder_is_not_a_file(folder):
    assert not folder.has("slides")
    with pytest.raises(FileAccessError):
        folder.text("slides")


def test_reads_notice_what_changed_appeared_and_vanished(folder):
    folder.text("slides/a.md")
    assert not folder.has("new.png")
    reads = dict(folder.reads)
    assert folder.unchanged(reads)
    (folder.root / "new.png").touch()
    assert not folder.unchanged(reads)
    (folder.root / "new.png").unlink()
    (folder.root / "slides" / "a.md").write_text("other")
    assert not folder.unchanged(reads)
    (folder.root / "slides" / "a.md").unlink()
    assert not folder.unchanged(reads)


def test_the_digest_of_a_file_is_that_of_its_content(folder):
    expected = sha256((folder.root / "slides/a.md").read_bytes()).hexdigest()
    assert folder.digest("slides/a.md") == expected == folder.reads["slides/a.md"]
    assert folder.unchanged(folder.reads)
    with pytest.raises(FileAccessError, match="no such file"):
        folder.digest("slides/none.md")
    assert folder.reads["slides/none.md"] == ""


def test_the_largest_file_is_read_and_no_larger_one(folder):
    large = folder.root / "large.txt"
    with large.open("wb") as file:
        file.truncate(64 * 2**20)
    assert len(folder.data("large.txt")) == 64 * 2**20
    with large.open("r+b") as file:
        file.truncate(64 * 2**20 + 1)
    with pytest.raises(FileAccessError, match=r"^the file is larger than 64 MiB$"):
        folder.data("large.txt")


def test_noted_reads_of_another_folder_count(folder):
    other = folder.watched()
    folder.text("slides/a.md")
    other.has("slides/a.md")
    other.has("none.png")
    other.digest("slides/a.md")
    first = other.watched()
    first.has("slides/a.md")
    first.has("slides")
    for reads in (first.reads, other.reads):
        folder.note(reads)
    digest = sha256((folder.root / "slides/a.md").read_bytes()).hexdigest()
    assert folder.reads == {"slides/a.md": digest, "slides": "", "none.png": ""}


def test_text_in_another_encoding_is_told_by_its_line(folder):
    for before in ("", "\n", "one\n", "one\ntwo\nthree\n"):
        (folder.root / "b.md").write_bytes(before.encode() + "课".encode("gbk"))
        with pytest.raises(FileAccessError, match=rf"^line {before.count(chr(10)) + 1} is not UTF-8 text$"):
            folder.text("b.md")


def test_bytes_are_no_text_where_a_zero_is_among_the_first(folder):
    (folder.root / "b.md").write_bytes(b"a" * 8191 + b"\0")
    with pytest.raises(FileAccessError, match="zero bytes"):
        folder.text("b.md")
    (folder.root / "b.md").write_bytes(b"a" * 8192 + b"\0")
    assert folder.text("b.md").endswith("\0")


def test_the_nearest_name_is_offered(folder):
    for name in ("picture1.png", "picture12.png", "pictures.txt"):
        (folder.root / "slides" / name).touch()
    with pytest.raises(FileAccessError) as refused:
        folder.data("slides/picture1.pn")
    assert refused.value.hint == "did you mean picture1.png?"


@pytest.mark.parametrize("beside", ["a", "z"], ids=["before the course", "after it"])
def test_a_link_leads_out_wherever_in_the_alphabet_it_leads(folder, tmp_path, beside):
    (tmp_path / f"{beside}.txt").write_text("secret")
    (folder.root / "link.txt").symlink_to(tmp_path / f"{beside}.txt")
    with pytest.raises(FileAccessError, match="leads out of the course"):
        folder.data("link.txt")


@pytest.mark.parametrize("path", ["", ".", "slides/.."])
def test_the_course_itself_is_inside(folder, path):
    assert folder.real(path) == folder.root.resolve()


def test_beside_the_course_no_name_is_looked_at(folder):
    (folder.root.parent / "course2").mkdir()
    with pytest.raises(FileAccessError, match="no such file") as refused:
        folder.data(".")
    assert refused.value.hint.startswith("check the path")


@pytest.mark.parametrize(
    "path, why",
    [
        ("../secret.txt", "this path leads out of the course"),
        ("\ud800/a.md", "this is not a path that can be followed"),
        ("\ud800.md", "there is no such file"),
        ("a" * 300, "the file cannot be read: File name too long"),
    ],
    ids=["out", "a folder no disk can name", "a file no disk can name", "too long"],
)
def test_unreadable_path_is_unchanged_while_it_stays_unreadable(folder, path, why):
    with pytest.raises(FileAccessError) as refused:
        folder.data(path)
    assert str(refused.value) == why
    assert not folder.has(path)
    assert folder.reads == {path: ""}
    assert folder.unchanged(folder.reads)


def test_a_folder_does_not_move(folder):
    with pytest.raises(AttributeError):
        folder.root = folder.root.parent


def test_a_file_s_place_is_told_as_the_system_would(folder):
    """What publishes copies it, as any other file."""
    assert folder.file("slides/a.md") == folder.root.resolve() / "slides" / "a.md"
    with pytest.raises(FileNotFoundError, match="leads out of the course") as missing:
        folder.file("../secret.txt")
    assert missing.value.filename == "../secret.txt"
