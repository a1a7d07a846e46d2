"""Syntax highlighting of listings with Pygments' classes, one span for each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from html import escape
from itertools import islice

import pygments
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Token, _TokenType
from pygments.util import ClassNotFound

from kejian.core.diagnostics import Diagnostic, warning
from kejian.core.model import Artifact, Listing
from kejian.makers.bounded import bounded

FORMAT = "2"
"""Part of every key: raise it when the markup changes."""

SECONDS, PER_SECOND = 5.0, 30_000
"""How long the highlighting of a listing may take, and for how many characters it may take a second more: it takes a
fifth of that."""
_MOST_TOKENS = 8
"""Tokens for each character, empty ones among them: a lexer with more of them will not end."""

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


class Highlighter:
    """Maker of listings. A language unknown to Pygments is shown as plain text, without a diagnostic."""

    def key(self, hole: Listing) -> str:
        """Return the listing and Pygments' version."""
        return "\0".join(("listing", FORMAT, pygments.__version__, hole.language, hole.code))

    @contextmanager
    def make(self, holes: Sequence[Listing]) -> Iterator[Iterable[tuple[Listing, Artifact | Diagnostic]]]:
        """Highlight all `holes`, with a warning if a lexer takes too long."""
        seconds = SECONDS + max(len(hole.code) for hole in holes) / PER_SECOND
        made = bounded(_task, [(hole.code, hole.language) for hole in holes], seconds)
        yield (
            (hole, _slow(hole) if html is None else Artifact(html=html)) for hole, html in zip(holes, made, strict=True)
        )


def _slow(hole: Listing) -> Diagnostic:
    message = f"this listing stays plain text: its highlighting as `{hole.language}` does not end in {SECONDS:g} s"
    return warning("listing-too-slow", hole.span, message, "name no language, or another one, or shorten the listing")


def _task(listing: tuple[str, str]) -> str:
    return highlighted(*listing)


def highlighted(code: str, language: str) -> str:
    """Return `code` as phrasing content: a `<span class="line">` for each line, its line feed inside.

    Plain text if the lexer fails or would alter the text.
    """
    pieces = _pieces(code, language) or [(Token.Text, code)]
    return "".join(f'<span class="line">{line}</span>' for line in _lines(pieces))


def _pieces(code: str, language: str) -> list[tuple[_TokenType, str]]:
    """Tokenize code; empty if there is no lexer, or its tokens do not add up to the code.

    Many lexers drop a last line without a line feed, so one is added and removed again.
    """
    whole = code if code.endswith("\n") else f"{code}\n"
    try:
        lexer = _lexer(language)
        if lexer is None:
            return []
        found = list(islice(lexer.get_tokens(whole), _MOST_TOKENS * len(whole)))
    except (TimeoutError, MemoryError):
        raise
    except Exception:  # five hundred lexers by as many authors, on arbitrary text
        return []
    if "".join(text for _, text in found) != whole:
        return []
    return found if whole is code else _shortened(found)


def _shortened(pieces: list[tuple[_TokenType, str]]) -> list[tuple[_TokenType, str]]:
    """Remove the final line feed from the tokens."""
    while pieces and not pieces[-1][1]:
        pieces.pop()
    kind, text = pieces[-1]
    return [*pieces[:-1], (kind, text[:-1])]


@cache
def _lexer(language: str) -> Lexer | None:
    name = ALIASES.get(language, language)
    if not name:
        return None
    try:
        return get_lexer_by_name(name, stripnl=False)
    except ClassNotFound:
        return None


def _lines(pieces: Iterable[tuple[_TokenType, str]]) -> Iterator[str]:
    """Yield the markup of each line; a token that spans several lines is closed and reopened between them."""
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
    """Return Pygments' short class for a token, or that of its nearest known ancestor; "" for plain text.

    Also "" for an error token: a slide may show what a lexer does not know, and a red box would only distract.
    """
    if kind is Token.Error:
        return ""
    while kind not in STANDARD_TYPES and kind.parent is not None:
        kind = kind.parent
    return STANDARD_TYPES.get(kind, "")
