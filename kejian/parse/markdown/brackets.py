"""Treats unclosed and excessively nested brackets as text.

At each opening bracket markdown-it reads the whole rest of the paragraph, which is quadratic. With few brackets this
rule leaves them all to markdown-it.
"""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from kejian.parse.markdown.render_state import rendering

_FEW = 32
_DEEPEST = 32
_BRACKET = re.compile(r"\\[\s\S]|[\[\]]")


def opening(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule at `[`, `![` and `^[`, before all other rules there: emit the bracket as text."""
    at = state.src.find("[", state.pos, state.pos + 2)
    if at < 0 or at not in _literal(state):
        return False
    if not silent:
        state.append_pending(state.src[state.pos : at + 1])
    state.pos = at + 1
    return True


def _literal(state: StateInline) -> frozenset[int]:
    known = rendering(state.env).literal
    if id(state.src) not in known:
        known[id(state.src)] = (state.src, literal(state.src))
    return known[id(state.src)][1]


def literal(text: str) -> frozenset[int]:
    """Return the positions of opening brackets in `text` that are text; an estimate, since brackets in code count."""
    if text.count("[") <= _FEW:
        return frozenset()
    pairs = dict(_pairs(text))
    depth, ends = 0, set(pairs.values())
    found = set()
    for bracket in _BRACKET.finditer(text):
        at = bracket.start()
        depth += (at in pairs) - (at in ends)
        if bracket[0] == "[" and (at not in pairs or depth > _DEEPEST):
            found.add(at)
    return frozenset(found)


def _pairs(text: str) -> list[tuple[int, int]]:
    """Return the positions of matching brackets."""
    opened: list[int] = []
    found = []
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif bracket[0] == "]" and opened:
            found.append((opened.pop(), bracket.start()))
    return found
