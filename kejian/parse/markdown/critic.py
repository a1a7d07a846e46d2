"""CriticMarkup: `{--gone--}` `{++new++}` `{~~old~>new~~}` `{==marked==}` `{>>comment<<}`. What is inside is literal."""

from __future__ import annotations

from html import escape

from markdown_it.rules_inline import StateInline

from kejian.parse.markdown.render_state import rendering
from kejian.parse.markdown.tex import find_once

_MARKS = {
    "{--": ("--}", "<del>", "</del>"),
    "{++": ("++}", "<ins>", "</ins>"),
    "{~~": ("~~}", "", ""),
    "{==": ("==}", "<mark>", "</mark>"),
    "{>>": ("<<}", '<span class="critic comment" hidden>', "</span>"),
}


def critic(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule at `{`: CriticMarkup."""
    mark = _MARKS.get(state.src[state.pos : state.pos + 3])
    if mark is None:
        return False
    closer, before, after = mark
    start = state.pos + 3
    end = find_once(rendering(state.env), state.src, closer, start, state.posMax)
    if end < 0:
        return False
    if not silent:
        inside = state.src[start:end]
        html = f"{before}{escape(inside)}{after}" if before else _replaced(inside)
        token = state.push("critic", "", 0)
        token.content = inside
        token.meta["html"] = html
    state.pos = end + 3
    return True


def _replaced(inside: str) -> str:
    old, _, new = inside.partition("~>")
    return f"<del>{escape(old)}</del><ins>{escape(new)}</ins>"
