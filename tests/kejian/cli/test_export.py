"""`kejian export` without a browser: notes and notebooks, and what it does not write over."""

import json

import pytest

from kejian.cli.main import main
from kejian.render.speaker_notes import MARK

DECK = '---\ntitle: A\n---\n<!-- slide data-notes="say it" -->\n\n# One\n'


@pytest.fixture
def course(tmp_path):
    root = tmp_path / "course"
    (root / "slides").mkdir(parents=True)
    (root / "slides" / "a.md").write_text(DECK, "utf-8")
    return root


def test_notes_are_written_and_written_anew(course, tmp_path):
    file = tmp_path / "notes.md"
    for _ in range(2):
        assert main(["export", str(course), "--notes", str(file)]) == 0
    assert file.read_text("utf-8") == f"{MARK}\n\n# A\n\n`slides/a.md`\n\n## 1. One\n\nsay it\n"
    assert not (course / "export").exists()


def test_a_file_that_someone_wrote_is_not_written_over(course, capsys):
    deck = course / "slides" / "a.md"
    assert main(["export", str(course), "--notes", str(deck)]) == 2
    assert f"{deck} is there, and not written by `kejian export --notes`" in capsys.readouterr().err
    assert deck.read_text("utf-8") == DECK


def test_a_folder_is_no_file_of_notes(course, tmp_path, capsys):
    assert main(["export", str(course), "--notes", str(tmp_path)]) == 2
    assert f"name a file in it, {tmp_path / 'notes.md'}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cover.jpg", "is a PNG file: name one, such as "),
        ("own.png", "is there, and not written by `kejian export --picture`"),
        ("folder.png", "is a folder: name a file in it, "),
    ],
)
def test_a_picture_of_the_first_slide_is_written_over_nothing_else(name, said, course, capsys):
    (course / "own.png").write_bytes(b"\x89PNG of an author")
    (course / "folder.png").mkdir()
    assert main(["export", str(course), "--picture", str(course / name)]) == 2
    assert said in capsys.readouterr().err
    assert (course / "own.png").read_bytes() == b"\x89PNG of an author"


def test_the_course_itself_is_no_place_for_what_is_exported(course, capsys):
    assert main(["export", str(course), "--notebook", "--out", str(course)]) == 2
    assert "name another folder" in capsys.readouterr().err


def test_something_has_to_be_asked_for(course, capsys):
    assert main(["export", str(course)]) == 2
    assert "--pptx, --png, --notebook, --notes FILE.md or --picture FILE.png" in capsys.readouterr().err


def test_a_course_without_outputs_has_no_notebook(course, capsys):
    assert main(["export", str(course), "--notebook"]) == 0
    assert "warning[no-notebook]" in capsys.readouterr().err


@pytest.mark.slow
def test_the_notebook_is_the_one_beside_the_deck(demo, tmp_path):
    assert main(["build", str(demo), "--quiet"]) == 0
    assert main(["export", str(demo), "--notebook", "--out", str(tmp_path / "out")]) == 0
    written = tmp_path / "out" / "slides" / "deck.ipynb"
    assert written.read_bytes() == (demo / "site" / "slides" / "deck.ipynb").read_bytes()
    assert json.loads(written.read_bytes())["cells"]
