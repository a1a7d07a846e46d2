"""`#标题`: a heading needs no blank behind its marks where it begins a line, as in Markdown Preview Enhanced."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

_OPENING = re.compile(r"(#{1,6})(?=[^#\s])(?!#)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")


def heading(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's signature)
    """Block rule, before markdown-it's own: `#` at the very beginning of a line with text right behind."""
    begin = state.bMarks[start]
    first = not state.tShift[start] and (begin == 0 or state.src[begin - 1] == "\n")
    if not first or (state.blkIndent and not silent):  # silent: below an item, which it ends
        return False
    marks = _OPENING.match(state.src, begin, state.eMarks[start])
    if not marks:
        return False
    if not silent:
        state.line = start + 1
        text = _CLOSING.sub("", state.src[marks.end() : state.eMarks[start]])
        tag = f"h{len(marks[1])}"
        opening = state.push("heading_open", tag, 1)
        inline = state.push("inline", "", 0)
        closing = state.push("heading_close", tag, -1)
        inline.content, inline.children = text.strip(), []
        opening.markup = closing.markup = marks[1]
        opening.map = inline.map = [start, state.line]
    return True
