"""Abbreviations: `*[HTML]: HyperText Markup Language` anywhere in a file explains `HTML` in all of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from kejian.parse.markdown.label_index import Labels
from kejian.parse.markdown.render_state import rendering

_DEFINITION = re.compile(r"\*\[([^\[\]\n]{1,100})\]:[ \t]*(\S[^\n]*)")


def definition(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's signature)
    """Block rule: a line that defines an abbreviation."""
    pos = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("*[", pos) or state.is_code_block(start):
        return False
    match = _DEFINITION.fullmatch(state.src, pos, state.eMarks[start])
    if not match:
        return False
    if not silent:
        rendering(state.env).shared.abbreviations.add(match[1], match[2].rstrip())
        state.line = start + 1
    return True


def explained(text: Token, labels: Labels) -> Iterator[Token]:
    """Yield the tokens for a text token, with an `<abbr>` around each abbreviation."""
    done = 0
    for start, label in labels.find(text.content):
        if start > done:
            yield Token("text", "", 0, content=text.content[done:start], level=text.level)
        yield Token("abbr_open", "abbr", 1, attrs={"title": labels.meanings[label]}, level=text.level)
        yield Token("text", "", 0, content=label, level=text.level + 1)
        yield Token("abbr_close", "abbr", -1, level=text.level)
        done = start + len(label)
    if done < len(text.content):
        yield Token("text", "", 0, content=text.content[done:], level=text.level)
