"""`==marked text==`: delimiters as for emphasis, so no blank just inside them, and Markdown between them."""

from __future__ import annotations

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_MARKER = ord("=")


def tokenize(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule at `=`: each `==` becomes text that may turn out to be a delimiter."""
    if silent or not state.src.startswith("==", state.pos):
        return False
    scanned = state.scanDelims(state.pos, canSplitWord=True)
    odd = "=" * (scanned.length % 2)
    outside_left = scanned.can_open or not scanned.can_close
    if odd and outside_left:
        state.append_pending(odd)
    for _ in range(scanned.length // 2):
        token = state.push("text", "", 0)
        token.content = "=="
        state.delimiters.append(
            Delimiter(_MARKER, 0, len(state.tokens) - 1, -1, open=scanned.can_open, close=scanned.can_close)
        )
    if odd and not outside_left:
        state.append_pending(odd)
    state.pos += scanned.length
    return True


def finish(state: StateInline) -> None:
    """Second inline pass: matched delimiters become tags."""
    _pair(state, state.delimiters)
    for meta in state.tokens_meta:
        if meta and "delimiters" in meta:
            _pair(state, meta["delimiters"])


def _pair(state: StateInline, delimiters: list[Delimiter]) -> None:
    for start in delimiters:
        if start.marker == _MARKER and start.end >= 0:
            _tag(state, start.token, "mark_open", 1)
            _tag(state, delimiters[start.end].token, "mark_close", -1)


def _tag(state: StateInline, at: int, kind: str, nesting: int) -> None:
    token = state.tokens[at]
    token.type, token.tag, token.nesting = kind, "mark", 1 if nesting > 0 else -1
    token.markup, token.content = "==", ""
