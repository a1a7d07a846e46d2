"""Tokenizes printed text into numbers, text and layout.

A number stands alone: the digits of `conv2d_1`, `x86`, `3x3`, `0x7f`, `1.2.3` and `v1.5` are text. Adjacent Chinese
does not matter: 准确率0.98 contains a number. A sign belongs to a number unless something ends right before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

TokenKind = Literal["number", "word", "mark", "rule", "blank"]

_I = "A-Za-z0-9_µÀ-ÖØ-öø-ʯͰ-ϿЀ-ӿ"  # what glues digits into an identifier
_SIGN = rf"(?:(?<![{_I})\].])[+\-\N{{MINUS SIGN}}])?"
_DIGITS = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3}){1,6}+(?![0-9])|[0-9]++)"
_EXPONENT = r"[eE][+-]?[0-9]{1,4}(?![0-9])"
_NUMBER = (
    rf"{_SIGN}(?:(?:{_DIGITS}\.(?!\.)[0-9]*+|(?<![{_I}.])\.[0-9]++)(?:{_EXPONENT})?"
    rf"|{_DIGITS}{_EXPONENT}|{_DIGITS}(?![{_I}])|(?i:nan|inf(?:inity)?)(?![{_I}]))"
)
_TOKEN = re.compile(
    r"(?P<blank>[^\S\n]++)"
    rf"|(?P<rule>(?P<char>[-=~*#])(?P=char){{2,}}+|[─━═]++|_{{3,}}+(?![{_I}]))"
    r"|(?P<version>[0-9]++(?:\.[0-9]++){2,}+)"
    rf"|(?P<number>{_NUMBER})"
    rf"|(?P<word>[{_I}]++(?:\.[{_I}]++)*+|(?:(?![{_I}])\w)++)"
    r"|(?P<mark>.)",
    re.DOTALL,
)
_KINDS: dict[str | None, TokenKind] = {"char": "rule", "rule": "rule", "version": "word"}
_PLAIN: dict[str | None, TokenKind] = {"blank": "blank", "number": "number", "word": "word", "mark": "mark"}


class Token(NamedTuple):
    """A piece of a line; the texts of a line's tokens joined are the line."""

    kind: TokenKind
    text: str

    @property
    def shape(self) -> tuple[TokenKind, str]:
        """Return what is independent of numbers: any number is equal, a rule of any length is equal, other text is
        exact.
        """
        return self.kind, "" if self.kind == "number" else self.text[0] if self.kind == "rule" else self.text


def tokens(line: str) -> list[Token]:
    """Tokenize `line`, which contains no newline."""
    return [Token((_KINDS | _PLAIN)[found.lastgroup], found[0]) for found in _TOKEN.finditer(line)]


def shape(line: Sequence[Token]) -> tuple[tuple[TokenKind, str], ...]:
    """Return the shapes of a line's tokens without blanks: equal for lines that differ only in numbers and layout."""
    return tuple(token.shape for token in line if token.kind != "blank")
