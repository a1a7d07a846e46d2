"""Footnotes: `[^1]` with `[^1]: text` anywhere in the file, and `^[text]`; listed at the end of the slide."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote.index import footnote_inline

from kejian.parse.markdown.render_state import RenderState, rendering

_REFERENCE = re.compile(r"\[\^([^\]\s]{1,200})\](?!:)")
_DEFINITION = re.compile(r"^[ \t>]*\[\^([^\]\s]{1,200})\]:", re.MULTILINE)
_DEEPEST = 4
_MOST = 200_000
"""Characters of footnotes that the slides of one file may take from each other."""


def inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule at `^`: an inline footnote. The nesting depth of footnotes is limited."""
    found = rendering(state.env)
    start = state.pos
    if not state.src.startswith("^[", start) or state.src.startswith("]", start + 2) or found.depth >= _DEEPEST:
        return False
    outer = found.first, found.cursors
    found.first, found.cursors = found.line_at(state.src, start), {}
    found.depth += 1
    try:
        return bool(footnote_inline(state, silent))
    finally:
        found.depth -= 1
        found.first, found.cursors = outer


def borrowed(text: str, found: RenderState) -> list[str]:
    """Return the definitions of footnotes that `text` refers to and other slides define.

    The total for all slides is limited to a small multiple of what the file defines.
    """
    elsewhere = found.shared.footnotes
    if not elsewhere or "[^" not in text:
        return []
    lines: list[str] = []
    seen = set(_DEFINITION.findall(text))
    waiting = _REFERENCE.findall(text)
    while waiting:
        label = waiting.pop()
        if label in elsewhere and label not in seen:
            seen.add(label)
            note = "\n".join(elsewhere[label])
            found.shared.borrowed += len(note)
            if found.shared.borrowed > _MOST:
                message = f"the footnote [^{label}] is too much for this file, whose slides repeat those of others"
                found.warn("too-many-footnotes", found.locate(0, ""), message, "define it on the slide that needs it")
                return lines
            lines += ["", *elsewhere[label]]
            waiting += _REFERENCE.findall(note)
    return lines
