"""Listings: source text to spans with Pygments' classes, a span for each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from html import escape

import pygments
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Token, _TokenType
from pygments.util import ClassNotFound

from kejian.model import Artifact, Listing

FORMAT = "1"
"""Part of every key: raise it when the markup changes."""

ALIASES = {
    "vhd": "vhdl",
    "erl": "erlang",
    "node": "javascript",
    "plaintext": "text",
    "plain": "text",
    "py3": "python",
    "sh-session": "console",
    "viz": "dot",
    "gv": "dot",
    "kt": "kotlin",
    "m": "matlab",
}
"""Words of the dialect that Pygments does not know, or files' suffixes."""


class Highlight:
    """The maker of listings. A language nobody knows is plain text: it is not the deck's fault."""

    def key(self, hole: Listing) -> str:
        """The listing and Pygments' version."""
        return "\0".join(("listing", FORMAT, pygments.__version__, hole.language, hole.code))

    @contextmanager
    def make(self, holes: Sequence[Listing]) -> Iterator[Iterable[tuple[Listing, Artifact]]]:
        """Highlight all `holes`."""
        yield ((hole, Artifact(highlighted(hole.code, hole.language))) for hole in holes)


def highlighted(code: str, language: str) -> str:
    """`code` as phrasing content: `<span class="line">…</span>` for each of its lines, the line feed inside."""
    lexer = _lexer(language)
    pieces = lexer.get_tokens(code) if lexer is not None else [(Token.Text, code)]
    return "".join(f'<span class="line">{line}</span>' for line in _lines(pieces))


@cache
def _lexer(language: str) -> Lexer | None:
    name = ALIASES.get(language, language)
    if not name:
        return None
    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _lines(pieces: Iterable[tuple[_TokenType, str]]) -> Iterator[str]:
    """The markup of each line; a token that goes over several lines is closed and opened again between them."""
    line: list[str] = []
    for kind, text in pieces:
        name = _class(kind)
        for part in text.splitlines(keepends=True) if "\n" in text else (text,):
            line.append(f'<span class="{name}">{escape(part)}</span>' if name and part.strip() else escape(part))
            if part.endswith("\n"):
                yield "".join(line)
                line = []
    if any(line):
        yield "".join(line)


@cache
def _class(kind: _TokenType) -> str:
    """Pygments' short class for a token, its nearest known ancestor's for a rare one; none for plain text.

    Nor for an error: a slide may show what a lexer does not know, and red boxes would only distract from it.
    """
    if kind is Token.Error:
        return ""
    while kind not in STANDARD_TYPES and kind.parent is not None:
        kind = kind.parent
    return STANDARD_TYPES.get(kind, "")
