"""A course before anything of it is rewritten: what keeps it from being read, and what can be imported."""

import pytest

from kejian.migrate.course import installed, read, root_of


def told(root, path=None):
    return [(found.code, str(found.span)) for found in read(root, path or root)]


def test_settings_that_are_wrong_come_first(tmp_path):
    (tmp_path / "kejian.toml").write_text("\ntitel = 1\n")
    assert told(tmp_path) == [("bad-config", "kejian.toml:2:1")]


def test_a_folder_without_a_deck_is_no_course(tmp_path):
    (tmp_path / "readme.txt").write_text("nothing\n")
    assert told(tmp_path) == [("no-decks", ".:1:1")]


def test_without_packages_it_says_what_to_type(tmp_path, monkeypatch):
    (tmp_path / "a.md").write_text("<!-- slide -->\n")
    monkeypatch.setattr("kejian.core.toolchain.PACKAGE", tmp_path / "kejian")
    monkeypatch.setattr("kejian.core.toolchain.WORKER", tmp_path / "kejian")
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "package-lock.json").write_text('{"packages": {"": {}, "node_modules/x": {}}}')
    (found,) = read(tmp_path, tmp_path)
    assert found.code == "not-set-up"
    assert "type `make site`" in found.message


def test_a_deck_that_cannot_be_read_is_still_listed_and_has_no_text(tmp_path):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.md").write_bytes(b"<!-- slide -->\n\xff\n")
    (tmp_path / "slides" / "b.md").write_text("\ufeff<!-- slide -->\r\n", newline="")
    course = read(tmp_path, tmp_path)
    assert [deck.path for deck in course.decks] == ["slides/a.md", "slides/b.md"]
    assert course.texts == {"slides/b.md": "\ufeff<!-- slide -->\r\n"}


def test_the_root_of_a_deck_that_is_not_there_is_its_folder(tmp_path):
    assert root_of(tmp_path / "gone.md") == tmp_path


@pytest.mark.parametrize(
    "name, there",
    [("", True), ("os", True), ("numpy", True), ("no_such_package", False), ("no_such.inner", False), (".x", False)],
)
def test_what_can_be_imported_here(name, there):
    assert installed(name) is there
