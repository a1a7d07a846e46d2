"""Citations, as Pandoc has them: `[@key]`, `[see @a, p. 3; -@b]`, and `@key` within a sentence."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from kejian.core.citations import Citation, Cited
from kejian.parse.markdown.render_state import rendering

KEY = r"[^\W_][\w:.#$%&+?<>~/-]*(?<![.:?,;])"
"""A key of a work: letters, digits and marks; it does not end with punctuation of the sentence."""
_AT = re.compile(f"@({KEY})")
_PART = re.compile(rf"([^@\]\[]*?)(-?)@({KEY})([^@\]\[]*)")
_GROUP = re.compile(r"\[([^\]\[\n]{2,2000}+)\](?!\()")
_BEFORE = re.compile(r"[\w.+/-]")


def at(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule at `@`: a work as part of a sentence, not within a word such as an address."""
    if not rendering(state.env).shared.cites:
        return False
    found = _AT.match(state.src, state.pos, state.posMax)
    if not found or (state.pos and _BEFORE.match(state.src[state.pos - 1])):
        return False
    if not silent:
        _push(state, (Cited(found[1]),), found[0], narrative=True)
    state.pos = found.end()
    return True


def group(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Inline rule at `[`: one or more works in brackets, parted by semicolons."""
    if not rendering(state.env).shared.cites:
        return False
    found = _GROUP.match(state.src, state.pos, state.posMax)
    parts = [_PART.fullmatch(part) for part in found[1].split(";")] if found else []
    works = tuple(_cited(part) for part in parts if part)
    if not found or len(works) != len(parts):
        return False
    if not silent:
        _push(state, works, found[0], narrative=False)
    state.pos = found.end()
    return True


def _cited(part: re.Match[str]) -> Cited:
    return Cited(part[3], part[1].strip(), part[4].strip().removeprefix(",").strip(), bool(part[2]))


def _push(state: StateInline, works: tuple[Cited, ...], written: str, *, narrative: bool) -> None:
    span = rendering(state.env).span(state.src, state.pos, written)
    token = state.push("hole", "", 0)
    token.content = written
    token.meta["hole"] = Citation(works=works, narrative=narrative, written=written, span=span)
