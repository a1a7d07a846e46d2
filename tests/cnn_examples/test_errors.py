"""What goes wrong is said twice where something is missing: for the terminal, and for the slide."""

import pytest

from cnn_examples.errors import ArgumentError, UnavailableError, refuse, unavailable


def test_a_refusal_names_the_argument_what_it_is_and_what_it_should_be():
    with pytest.raises(ArgumentError, match=r"^stride: got 0, expected at least 1$"):
        refuse("stride", 0, "at least 1")


def test_what_is_missing_has_words_for_the_terminal_and_notes_for_the_slide():
    error = unavailable("the weights are not here", "缺少权重", "运行 `npm ci`")
    assert isinstance(error, UnavailableError)
    assert (str(error), error.__notes__) == ("the weights are not here", ["缺少权重", "运行 `npm ci`"])
