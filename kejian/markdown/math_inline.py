r"""Formulas within a line: `$…$`, `\(…\)`, and `$$…$$`, `\[…\]` where they do not begin the line.

The scan runs before escapes, emphasis and links. There is no rule about blanks or digits beside a dollar; a backslash
protects the character after it; what never closes is text.
"""

from __future__ import annotations

from markdown_it.rules_inline import StateInline

from kejian.markdown.rendering import rendering
from kejian.markdown.tex import DISPLAY, INLINE, PAIRS, Delimiters, find_once, trimmed
from kejian.model import Formula

_BRACKETS = {pair.opener: pair for pair in PAIRS if pair.opener[0] == "\\"}


def dollar(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """A formula at `$`; three or more dollars in a row, and two that never close, are text."""
    text, pos = state.src, state.pos
    if not text.startswith("$$", pos):
        return _formula(state, INLINE, silent=silent)
    end = pos + 2
    if not text.startswith("$", end) and _formula(state, DISPLAY, silent=silent):
        return True
    while end < state.posMax and text[end] == "$":
        end += 1
    if not silent:
        state.append_pending(text[pos:end])
    state.pos = end
    return True


def bracket(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    r"""A formula at `\(` or `\[`."""
    pair = _BRACKETS.get(state.src[state.pos : state.pos + 2])
    return pair is not None and _formula(state, pair, silent=silent)


def _formula(state: StateInline, pair: Delimiters, *, silent: bool) -> bool:
    found = rendering(state.env)
    start = state.pos + len(pair.opener)
    end = find_once(found, state.src, pair.closer, start, state.posMax)
    tex = state.src[start:end] if end >= 0 else ""
    if not tex or tex.isspace():
        return False
    after = end + len(pair.closer)
    if not silent:
        token = state.push("hole", "", 0)
        token.content = state.src[state.pos : after]
        span = found.span(state.src, state.pos, token.content)
        token.meta["hole"] = Formula(trimmed(tex), pair.display, span)
    state.pos = after
    return True
