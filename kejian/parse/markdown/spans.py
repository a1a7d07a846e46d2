"""`[text]{.class key=value}`: a `<span>` with attributes around a piece of a line."""

from __future__ import annotations

from markdown_it.rules_inline import StateInline

from kejian.core.attributes import parse
from kejian.parse.markdown.inline_attributes import ONLY, apply


def span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule at `[`."""
    if "]{" not in state.src or state.src[state.pos] != "[":
        return False
    label = state.md.helpers.parseLinkLabel(state, state.pos)
    braces = ONLY.match(state.src, label + 1, state.posMax) if label >= 0 else None
    if not braces:
        return False
    if not silent:
        end, start = state.posMax, state.pos
        apply(state.push("span_open", "span", 1), parse(braces[0]))
        state.pos, state.posMax = start + 1, label
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push("span_close", "span", -1)
    state.pos = braces.end()
    return True
