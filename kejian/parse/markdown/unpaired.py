"""Reports unmatched emphasis delimiters, such as `** bold **`, where blanks keep it from being bold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from kejian.parse.markdown.flanking import cjk
from kejian.parse.markdown.leftovers import CODE
from kejian.parse.markdown.render_state import rendering

_MARKS = {"*": "b", "_": "b", "~": "del", "=": "mark"}
_WORD = re.compile(r"[^\W\d_]{3,}")
_SENTENCE = re.compile(r"[.;:!?]\s")
_CALLS = ("(", ",", "=", "/")
"""What stands before two stars in code that is not marked as code."""
_LONGEST = 60


class _Run(NamedTuple):
    """A delimiter run: its tokens, and whether it may open and close emphasis."""

    mark: str
    first: int
    last: int
    opens: bool
    closes: bool


def report(state: StateInline) -> None:
    """Second inline pass, after delimiters are matched."""
    lists = [state.delimiters, *(meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta)]
    for delimiters in lists:
        if len(delimiters) > 1:
            told = -1
            for one, other in pairwise(_runs(state, delimiters)):
                if one.mark == other.mark and one.first > told and _judge(state, one, other):
                    told = other.first


def _runs(state: StateInline, delimiters: Sequence[Delimiter]) -> Iterator[_Run]:
    """Yield the unmatched runs of two characters."""
    paired = {at for n, one in enumerate(delimiters) if one.end >= 0 for at in (n, one.end)}
    run: _Run | None = None
    for number, one in enumerate(delimiters):
        mark = chr(one.marker)
        if number in paired or mark not in _MARKS:
            continue
        if run and run.last == one.token - 1 and run.mark == mark:
            run = run._replace(last=one.token)
            continue
        if run and _wide(state, run):
            yield run
        run = _Run(mark, one.token, one.token, one.open, one.close)
    if run and _wide(state, run):
        yield run


def _wide(state: StateInline, run: _Run) -> bool:
    return sum(len(token.content) for token in state.tokens[run.first : run.last + 1]) == 2


def _judge(state: StateInline, one: _Run, other: _Run) -> bool:
    """Warn about two runs that were probably meant as a pair; return whether they were."""
    inner = "".join(token.content or " " for token in state.tokens[one.last + 1 : other.first])
    after = state.tokens[other.last + 1].content[:1] if other.last + 1 < len(state.tokens) else ""
    before = state.tokens[one.first - 1].content[-1:] if one.first else ""
    if before in _CALLS or not _meant(one, other, inner, after):
        return False
    found, marks = rendering(state.env), one.mark * 2
    at = max(0, state.src.find(marks + inner.split("\n", 1)[0]))
    words = inner.strip()
    message = f"`{marks}{inner[:40]}{marks}` stays as text: "
    if inner != words:
        message, hint = f"{message}blanks stand inside its marks", f"write {marks}{words}{marks}"
    else:
        tag = _MARKS[one.mark]
        message = f"{message}its marks stand between a letter and a punctuation mark"
        hint = f"write blanks around it, or <{tag}>{words}</{tag}>"
    found.warn(CODE, found.span(state.src, at, marks), message, hint)
    return True


def _meant(one: _Run, other: _Run, inner: str, after: str) -> bool:
    words = inner.strip()
    wide = any(map(cjk, words))
    if not words or len(words) > _LONGEST or _SENTENCE.search(words) or not (wide or _WORD.search(words)):
        return False
    if one.mark in "_=" and not wide:  # names and comparisons in code
        return False
    if inner != words:
        return inner[0].isspace() or not (after.isascii() and after.isalnum())
    return not other.closes and not after.isspace()
