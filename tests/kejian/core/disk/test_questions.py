"""What a build asks besides the contents of files, and what it is answered."""

import pytest

from kejian.core.disk import questions


@pytest.fixture
def ask(tmp_path):
    """The answer to a question about the folder of the test."""

    def asked(question):
        path = questions.subject(question)
        return questions.answer(question, str(tmp_path / path if path else tmp_path), str(tmp_path))

    return asked


@pytest.mark.parametrize(
    "path, is_one", {"a": False, "a/b.txt": False, "a/": True, "a/.": True, "HOME/=": True}.items()
)
def test_a_question_ends_as_no_path_does(path, is_one):
    assert questions.is_question(path) is is_one


def test_names_in_a_folder_count_and_what_is_in_the_files_does_not(ask, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_text("1", "utf-8")
    before = ask("a/")
    (tmp_path / "a" / "x").write_text("2", "utf-8")
    (tmp_path / "a" / ".hidden").touch()
    (tmp_path / "a" / "__pycache__").mkdir()
    assert ask("a/") == before
    (tmp_path / "a" / "y").touch()
    assert ask("a/") != before


def test_a_file_and_a_folder_of_one_name_differ(ask, tmp_path):
    (tmp_path / "x").touch()
    before = ask("/")
    (tmp_path / "x").unlink()
    (tmp_path / "x").mkdir()
    assert ask("/") != before


def test_the_site_in_the_course_is_not_seen(ask, tmp_path):
    before = ask("/")
    (tmp_path / "site").mkdir()
    assert ask("/") == before


def test_a_kind_is_a_folder_or_a_file_of_so_many_bytes(ask, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").write_text("123", "utf-8")
    (tmp_path / "link").symlink_to("b")
    assert ask("a/.") == "folder"
    assert ask("b/.") == "file of 3 bytes"
    assert questions.answer("link/.", str(tmp_path / "b"), str(tmp_path)) == "file of 3 bytes b"
    with pytest.raises(FileNotFoundError):
        ask("c/.")


def test_only_variables_that_examples_find_have_an_answer(ask, monkeypatch):
    monkeypatch.setenv("KEJIAN_EXAMPLES_N", "1")
    monkeypatch.setenv("OTHER", "1")
    one, every = ask("KEJIAN_EXAMPLES_N/="), ask("*/=")
    assert (ask("OTHER/="), ask("MISSING/=")) == ("", "")
    monkeypatch.setenv("KEJIAN_EXAMPLES_N", "2")
    assert (ask("KEJIAN_EXAMPLES_N/=") != one, ask("*/=") == every) == (True, True)
    monkeypatch.setenv("KEJIAN_EXAMPLES_M", "2")
    assert ask("*/=") != every
    assert "OTHER" not in questions.variables()
