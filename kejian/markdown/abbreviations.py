"""Abbreviations: `*[HTML]: HyperText Markup Language` anywhere in a file explains `HTML` in all of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from kejian.markdown.rendering import rendering

_DEFINITION = re.compile(r"\*\[([^\[\]\n]+)\]:[ \t]*(\S[^\n]*)")


def definition(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's signature)
    """Block rule: a line that defines an abbreviation."""
    pos = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("*[", pos) or state.is_code_block(start):
        return False
    match = _DEFINITION.fullmatch(state.src, pos, state.eMarks[start])
    if not match:
        return False
    if not silent:
        rendering(state.env).shared.abbreviations.setdefault(match[1], match[2].rstrip())
        state.line = start + 1
    return True


@lru_cache(maxsize=64)
def pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the labels, not as a part of a longer Latin word."""
    longest_first = sorted(labels, key=lambda label: (-len(label), label))
    return re.compile(rf"(?<![A-Za-z0-9_])(?:{'|'.join(map(re.escape, longest_first))})(?![A-Za-z0-9_])")


def explained(text: Token, labels: re.Pattern[str], meanings: Mapping[str, str]) -> Iterator[Token]:
    """The tokens for a text token, with an `<abbr>` around each abbreviation."""
    done = 0
    for found in labels.finditer(text.content):
        if found.start() > done:
            yield Token("text", "", 0, content=text.content[done : found.start()], level=text.level)
        yield Token("abbr_open", "abbr", 1, attrs={"title": meanings[found[0]]}, level=text.level)
        yield Token("text", "", 0, content=found[0], level=text.level + 1)
        yield Token("abbr_close", "abbr", -1, level=text.level)
        done = found.end()
    if done < len(text.content):
        yield Token("text", "", 0, content=text.content[done:], level=text.level)
