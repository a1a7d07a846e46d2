r"""References to what has a label: `@fig-loss`, `[@fig-loss; @tbl-a]`, `[-@fig-loss]`, `\ref{…}` and `\eqref{…}`.

The element that is written here becomes a link once the whole deck is known.
"""

from __future__ import annotations

import re
from html import escape

from markdown_it.rules_inline import StateInline

from kejian.core.model import Reference
from kejian.parse.labels import kinds
from kejian.parse.markdown.render_state import rendering

_AT = re.compile(f"@({kinds.NAME})")
_GROUP = re.compile(rf"\[(-?)@{kinds.NAME}(?:\s*;\s*@{kinds.NAME})*\]")
_TEX = re.compile(r"\\((?:eq)?ref)\{([^{}\n]*)\}")
_WORD = re.compile(r"[\w.+/-]")


def at(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule at `@`: a label of a known kind, not within a word such as an address."""
    found = _AT.match(state.src, state.pos, state.posMax)
    if not found or (state.pos and _WORD.match(state.src[state.pos - 1])):
        return False
    if not silent:
        _push(state, found[1], found[0], "title")
    state.pos = found.end()
    return True


def group(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Inline rule at `[`: one or more references in brackets; a minus asks for the number alone."""
    if "@" not in state.src:
        return False
    found = _GROUP.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        for number, one in enumerate(_AT.finditer(found[0])):
            if number:
                state.push("text", "", 0).content = ", "
            _push(state, one[1], one[0], "number" if found[1] else "title")
    state.pos = found.end()
    return True


def tex(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    r"""Inline rule at `\`: a reference as in a formula."""
    found = _TEX.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        _push(state, found[2].strip(), found[0], found[1])
    state.pos = found.end()
    return True


def _push(state: StateInline, name: str, written: str, form: str) -> None:
    found = rendering(state.env)
    found.references.append(Reference(name, written, found.span(state.src, state.pos, written)))
    token = state.push("critic", "", 0)
    token.content = written
    token.meta["html"] = (
        f'<a class="reference" data-reference="{escape(name)}" data-form="{form}">{escape(written)}</a>'
    )
