"""What stands where in a Python file."""

import sys

import pytest

from kejian.parse.quote.definitions import documentation, parse


def test_the_first_line_of_a_docstring_says_what_an_example_is():
    text = 'def f():\n    """What it does.\n\n    More.\n    """\n\n\ndef g():\n    pass\n\n\nx = 1\n'
    assert [documentation(text, name) for name in ("f", "g", "x", "gone")] == ["What it does.", "", "", ""]


def test_a_file_that_python_cannot_read_says_nothing():
    assert documentation("def f(:\n", "f") == ""


@pytest.mark.parametrize("text", ["\0", "(" * 1000 + ")" * 1000, "-" * 100_000 + "1"])
def test_what_python_refuses_in_its_own_ways_is_a_syntax_error(text):
    with pytest.raises(SyntaxError):
        parse(text)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="`type X = ...` is of Python 3.12")
def test_a_type_has_a_name():
    assert "Vector" in parse("type Vector = list[float]\n").named
