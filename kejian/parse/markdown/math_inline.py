r"""Formulas within a line: `$…$`, `\(…\)`, and `$$…$$`, `\[…\]` where they do not begin the line.

They are scanned before escapes, emphasis and links. There is no rule about blanks or digits beside a dollar; a
backslash escapes the next character; an unclosed formula is text.
"""

from __future__ import annotations

from markdown_it.rules_inline import StateInline

from kejian.core.model import Formula
from kejian.parse.markdown.render_state import rendering
from kejian.parse.markdown.tex import DISPLAY, INLINE, Delimiters, find_once, openers, prose, trimmed


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
        if end == pos + 2:
            _never_closed(state, pos)
        state.append_pending(text[pos:end])
    state.pos = end
    return True


def _never_closed(state: StateInline, pos: int) -> None:
    found = rendering(state.env)
    if DISPLAY.opener in openers(found.shared.dialect):
        span = found.span(state.src, pos, "$$")
        found.warn(
            "unclosed-formula", span, "`$$` is never closed: it stays as text", r"close it with $$, or write \$\$"
        )


def bracket(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    r"""A formula at `\(` or `\[`."""
    pair = openers(rendering(state.env).shared.dialect).get(state.src[state.pos : state.pos + 2])
    return pair is not None and _formula(state, pair, silent=silent)


def _formula(state: StateInline, pair: Delimiters, *, silent: bool) -> bool:
    found = rendering(state.env)
    if pair.opener not in openers(found.shared.dialect):
        return False
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
        if pair == INLINE and (words := prose(tex)):
            hint = r"write \$ for a dollar, or \text{…} around words in a formula"
            found.warn("words-in-formula", span, f"`{tex[:40]}` is set as a formula: {words}", hint)
    state.pos = after
    return True
