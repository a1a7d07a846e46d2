"""`kejian import talk.pptx`: the same patch as of other decks, and a course that can be built."""

import json

import pytest

from kejian.cli.main import main


@pytest.fixture
def course(talk, pixel, tmp_path):
    slide = talk.slide("卷积")
    slide.placeholders[1].text_frame.text = "shared"
    slide.shapes.add_picture(pixel(), 0, 0, 9, 9)
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/talk.pptx").write_bytes(talk.data)
    return tmp_path


def found(course, capsys, *words):
    capsys.readouterr()
    main(["import", str(course / "slides/talk.pptx"), "--format", "json", *words])
    return json.loads(capsys.readouterr().out)


def test_a_deck_and_its_pictures_are_proposed_written_and_built(course, capsysbinary):
    deck = course / "slides/talk.pptx"
    assert main(["import", str(deck)]) == 0
    patch = capsysbinary.readouterr().out
    assert b"+++ b/slides/talk.md" in patch
    assert b"assets/talk/1-1.png" in patch
    assert not (course / "slides/talk.md").exists()
    assert main(["import", str(deck), "--write"]) == 0
    assert b"2 files written" in capsysbinary.readouterr().err
    assert main(["build", str(course), "--strict", "--quiet"]) == 0
    assert "shared" in (course / "site/slides/talk.html").read_text("utf-8")


def test_a_deck_that_is_there_is_not_replaced(course, capsys):
    assert found(course, capsys, "--write") == []
    assert found(course, capsys, "--write") == []
    (course / "slides/talk.md").write_text("mine", "utf-8")
    (one,) = found(course, capsys, "--write")
    assert (one["code"], one["path"], one["severity"]) == ("in-the-way", "slides/talk.md", "error")
    assert (course / "slides/talk.md").read_text("utf-8") == "mine"
    (course / "slides/talk.md").rename(course / "mine.md")
    assert found(course, capsys) == []


def test_a_file_that_is_none_is_a_finding(course, capsys):
    (course / "slides/talk.pptx").write_bytes(b"PK")
    assert [one["code"] for one in found(course, capsys, "--write")] == ["unreadable"]
