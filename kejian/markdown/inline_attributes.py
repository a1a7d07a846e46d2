"""Attributes in braces right after a picture or a link: `![alt](file){width=50% .center}`."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from kejian.attributes import Attributes, parse, printed

_BRACES = re.compile(r"""\{\s*(?:[.#]|[a-zA-Z][\w-]*=)(?:[^{}"'\n]|"[^"\n]*"|'[^'\n]*')*+\}""")
_ADDRESSES = ("href", "src", "srcset")


def after_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule at `{`: attributes for the picture or link that ends here."""
    if state.pending or not state.tokens or state.tokens[-1].type not in ("image", "link_close"):
        return False
    braces = _BRACES.match(state.src, state.pos, state.posMax)
    if not braces:
        return False
    state.pos = braces.end()
    if not silent:
        apply(_opening(state.tokens), parse(braces[0]).without(*_ADDRESSES))
    return True


def _opening(tokens: list[Token]) -> Token:
    """The last token, or the one that opens the link which the last token closes."""
    at = len(tokens) - 1
    if tokens[at].type == "link_close":
        while tokens[at].type != "link_open":
            at -= 1
    return tokens[at]


def apply(token: Token, attributes: Attributes) -> None:
    """Set attributes on a token; classes join those it has."""
    for key, value in attributes.items:
        if value is False or re.search(r"[\s\"'<>/=\0]", key):
            continue
        text = "" if value is True else printed(value)
        before = token.attrs.get("class") if key == "class" else None
        token.attrs[key] = f"{before} {text}" if before else text
