"""The line of source that a finding is shown with."""

import pytest

from kejian.core.diagnostics import Span
from kejian.core.source_lines import Lines


@pytest.fixture
def lines(tmp_path):
    (tmp_path / "deck.md").write_bytes("\ufeff一\n二\r三\r\nlast".encode())
    return Lines(tmp_path)


@pytest.mark.parametrize("line, text", [(1, "一"), (2, "二"), (3, "三"), (4, "last")])
def test_lines_end_as_they_do_in_a_deck(lines, line, text):
    """With a line feed, a carriage return or both; a mark of the byte order is no part of the first."""
    assert lines(Span("deck.md", line)) == text


@pytest.mark.parametrize("line", [0, -1, 5, 10**9])
def test_a_line_that_is_not_there_is_empty(lines, line):
    assert lines(Span("deck.md", line)) == ""


@pytest.mark.parametrize("path", ["gone.md", ".", "a\0b.md", "x" * 300])
def test_a_file_that_cannot_be_read_has_no_lines(lines, path):
    assert lines(Span(path)) == ""


def test_bytes_that_are_not_utf_8_are_replaced(lines, tmp_path):
    (tmp_path / "old.md").write_bytes("第".encode("gbk") + b" x\n")
    assert lines(Span("old.md")).endswith(" x")


def test_a_picture_has_no_lines(lines, tmp_path):
    """What holds a NUL in its first 8192 characters is no text; later ones do not matter, a deck may be damaged."""
    (tmp_path / "a.png").write_bytes(b"PNG\n" + b"x" * 8187 + b"\0")
    (tmp_path / "b.md").write_bytes(b"text\n" + b"x" * 8187 + b"\0")
    assert (lines(Span("a.png")), lines(Span("b.md"))) == ("", "text")


def test_a_file_is_read_once(lines, tmp_path):
    """A thousand findings in one deck cost one reading of it."""
    assert lines(Span("deck.md")) == "一"
    (tmp_path / "deck.md").unlink()
    assert lines(Span("deck.md", 4)) == "last"
