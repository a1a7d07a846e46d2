"""`kejian.toml`."""

import pytest

from kejian.config import Course, read


def test_every_key_is_optional():
    assert read("") == (Course(), ())


def test_what_is_set_is_read():
    course, found = read('title = "图神经网络导论"\ndecks = ["20*/*.md"]\nsize = [1280, 720]\n')
    assert found == ()
    assert (course.title, course.decks, course.size) == ("图神经网络导论", ("20*/*.md",), (1280, 720))


@pytest.mark.parametrize(
    "text, line, words",
    [
        ("\ntitle = 3", 2, "Expected `str`, got `int`"),
        ('a = 1\ntitel = "x"', 1, "unknown field `a`"),
        ('theme = "blue"', 1, "Invalid enum value 'blue'"),
        ("title = \n", 1, "not TOML"),
        ("x", 1, "not TOML"),
    ],
)
def test_what_is_wrong_is_an_error_at_its_line(text, line, words):
    _, (found,) = read(text)
    assert (found.code, found.severity, found.span.line) == ("bad-config", "error", line)
    assert words in found.message
    assert found.hint
