"""Automatic links in running text: `http://…`, `https://…`, `ftp://…`, `www.…` and `a@b.c`.

Chinese punctuation ends an address, and Chinese text may be adjacent to it; the original engine gets both wrong. Bare
names such as `model.py` are not addresses, although `.py` is a top-level domain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Protocol

from linkify_it import LinkifyIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_ENDS = "\\s<>\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u2018-\u201f\u2026\u2014"
_SCHEME = re.compile(r"(?<![a-z0-9.+-])(?:https?|ftp)$", re.IGNORECASE)
_URL = re.compile(rf"://[^{_ENDS}]{{1,2000}}")
_CANDIDATE = re.compile(
    r"(?<![A-Za-z0-9._+-])(?:mailto:)?[A-Za-z0-9][A-Za-z0-9._+-]*+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)++"
    rf"|(?<![A-Za-z0-9.+/@-])www\.[^{_ENDS}]{{1,2000}}",
    re.IGNORECASE,
)


class _Match(Protocol):
    url: str
    text: str
    index: int


@cache
def _linkify(looked_for: str) -> LinkifyIt:
    """What finds addresses with a scheme, and without one those of hosts, `link`, or of people, `email`.

    Its patterns for each are compiled where they are first needed, which takes longer than all else of a short deck.
    """
    return LinkifyIt(options={"fuzzy_link": looked_for == "link", "fuzzy_email": looked_for == "email"})


def scheme(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule at `:`: an address with a scheme."""
    text, pos = state.src, state.pos
    if state.linkLevel or not text.startswith("://", pos):
        return False
    name = _SCHEME.search(text, max(0, pos - 6), pos)
    rest = _URL.match(text, pos, state.posMax)
    if not name or not rest or not state.pending.endswith(name[0]):
        return False
    found: _Match | None = _linkify("").match_at_start(name[0] + rest[0])
    if not found:
        return False
    url = found.url.rstrip("*")
    if not silent:
        state.pending = state.pending[: -len(name[0])]
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": state.md.normalizeLink(url)}
        state.push("text", "", 0).content = state.md.normalizeLinkText(url)
        state.push("link_close", "a", -1)
    state.pos = pos + len(url) - len(name[0])
    return True


def split(text: str) -> Iterator[tuple[str, str]]:
    """Split `text` into parts, each with its link target or ""."""
    done = 0
    for candidate in _CANDIDATE.finditer(text):
        found = _address(candidate[0])
        if found:
            words, url = found
            if candidate.start() > done:
                yield text[done : candidate.start()], ""
            yield words, url
            done = candidate.start() + len(words)
    if done < len(text):
        yield text[done:], ""


def _address(candidate: str) -> tuple[str, str] | None:
    """Return the part of `candidate` that is an address, and its URL."""
    matches: list[_Match] = _linkify("email" if "@" in candidate else "link").match(candidate) or []
    if not matches or matches[0].index != 0:
        return None
    return matches[0].text, matches[0].url


def tokens(text: Token, parts: Iterator[tuple[str, str]]) -> Iterator[Token]:
    """Yield the tokens for a text token whose content was split."""
    for words, url in parts:
        plain = Token("text", "", 0, content=words, level=text.level + bool(url))
        if url:
            yield Token("link_open", "a", 1, attrs={"href": url}, level=text.level)
        yield plain
        if url:
            yield Token("link_close", "a", -1, level=text.level)
