"""What goes wrong, by kind: a wrong argument, or something that this machine does not have."""

from __future__ import annotations

from typing import NoReturn


class ArgumentError(ValueError):
    """An argument does not fit; the text names it, what it is and what it should be."""


class UnavailableError(RuntimeError):
    """Data, weights or a font that an example needs are not on this machine; the text is one sentence on how to get it.

    Its notes are what the slide says instead, in the lecture's language; code stands in them between backticks.
    Not a fault of the example: what runs examples says so instead of showing a traceback.
    """


def unavailable(words: str, *notes: str) -> UnavailableError:
    """The error of these words for the terminal and notes for the slide."""
    error = UnavailableError(words)
    for note in notes:
        error.add_note(note)
    return error


def refuse(name: str, value: object, expected: str) -> NoReturn:
    """Raise an `ArgumentError` on the argument `name`."""
    raise ArgumentError(f"{name}: got {value}, expected {expected}")
