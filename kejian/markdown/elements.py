"""`<!-- .element: class="fragment" key=value -->` sets attributes on the list item or block it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from kejian.attributes import parse
from kejian.markdown.inline_attributes import apply

_COMMENT = re.compile(r"\s*<!--\s*\.element\b:?([^>]*)-->\s*")


def annotate(state: StateCore) -> None:
    """Core rule, after the inline parse."""
    if "<!--" not in state.src or ".element" not in state.src:
        return
    around: list[Token] = []
    tokens = state.tokens
    for at, token in enumerate(tokens):
        if token.nesting > 0:
            around.append(token)
        elif token.nesting < 0 and around:  # a footnote defined within a footnote leaves an end without a beginning
            around.pop()
        elif token.type == "inline" and around:
            _take(token, _target(tokens, at, around))
        elif token.type == "html_block" and around and (match := _COMMENT.fullmatch(token.content)):
            apply(around[-1], parse(match[1]))
            token.content = ""


def _target(tokens: Sequence[Token], at: int, around: Sequence[Token]) -> Token:
    """The list item whose first paragraph holds the text at `at`, else the block that holds it."""
    paragraph = around[-1]
    first = at > 1 and tokens[at - 2].type == "list_item_open"
    return around[-2] if paragraph.type == "paragraph_open" and len(around) > 1 and first else paragraph


def _take(text: Token, target: Token) -> None:
    kept = []
    for child in text.children or ():
        match = _COMMENT.fullmatch(child.content) if child.type == "html_inline" else None
        if match:
            apply(target, parse(match[1]))
        else:
            kept.append(child)
    text.children = kept
