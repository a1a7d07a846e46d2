"""Attributes for the list item or block that they end: `{.fragment}`.

Alternatively as a comment anywhere in it: `<!-- .element: class="fragment" key=value -->`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from kejian.core.attributes import parse
from kejian.parse.markdown.inline_attributes import ONLY, apply

_MAY_END = re.compile(r"\}[ \t]*[|\n]")
_COMMENT = re.compile(r"\s*<!--\s*\.element\b:?([^>]*)-->\s*")


def annotate(state: StateCore) -> None:
    """Core rule, after the inline parse."""
    if not (("<!--" in state.src and ".element" in state.src) or _MAY_END.search(state.src)):
        return
    around: list[Token] = []
    tokens = state.tokens
    for at, token in enumerate(tokens):
        if token.nesting > 0:
            around.append(token)
        elif token.nesting < 0 and around:  # a footnote defined within a footnote leaves an unmatched closing token
            around.pop()
        elif token.type == "inline" and around:
            _take(token, _target(tokens, at, around))
        elif token.type == "html_block" and around and (match := _COMMENT.fullmatch(token.content)):
            apply(around[-1], parse(match[1]))
            token.content = ""


def _target(tokens: Sequence[Token], at: int, around: Sequence[Token]) -> Token:
    """Return the list item whose first paragraph contains the text at `at`, else the block that contains it."""
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
    _take_end(text, target)


def _take_end(text: Token, target: Token) -> None:
    """Apply attributes in braces after a blank at the end of the text, unless the text consists of them."""
    children = text.children or []
    written = _at_end(text.content) if children and children[-1].type == "text" else ""
    if not written or target.type == "heading_open":
        return
    last = children[-1]
    before = last.content.rstrip().removesuffix(written)
    if before == last.content.rstrip() or not (before.strip() or len(children) > 1):
        return
    apply(target, parse(written))
    last.content = before.rstrip()
    while children and (children[-1].type == "softbreak" or (children[-1].type == "text" and not children[-1].content)):
        children.pop()


def _at_end(text: str) -> str:
    """Return the attributes in braces, after a blank, at the end of a text; "" if there are none."""
    text = text.rstrip()
    start = text.rfind("{")
    return text[start:] if start > 0 and text[start - 1].isspace() and ONLY.fullmatch(text, start) else ""
