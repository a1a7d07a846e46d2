"""Attributes in braces right after a picture or a link: `![alt](file){width=50% .center}`."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from kejian.core.attributes import Attributes, parse, printed
from kejian.parse.markdown.render_state import rendering

_BRACES = re.compile(r"""\{\s*(?:[.#]|[a-zA-Z][\w-]*[=:])(?:[^{}"'\n]|"[^"\n]*"|'[^'\n]*')*+\}""")
_KEY = r"(?:class|id|style|width|height|align|title|cmd|highlight|data-[\w-]+)"
_ITEM = rf"""(?:[.#][A-Za-z][\w-]*|{_KEY}\s*[=:]\s*(?:"[^"]*"|'[^']*'|[^\s{{}}"']+))"""
ONLY = re.compile(rf"\{{\s*{_ITEM}(?:[\s,]+(?:{_ITEM}|[A-Za-z][\w-]*))*\s*\}}")
"""Braces that hold attributes, and nothing that could be meant as text."""
_ADDRESSES = ("href", "src", "srcset")


def after_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule at `{`: attributes for the picture or link that ends here."""
    if state.pending or not state.tokens or state.tokens[-1].type not in ("image", "link_close"):
        return False
    braces = _BRACES.match(state.src, state.pos, state.posMax)
    if not braces:
        return False
    if not silent:
        attributes = parse(braces[0])
        for offset, message in attributes.problems:
            found = rendering(state.env)
            found.warn("attributes", found.span(state.src, state.pos + offset, braces[0][offset:]), message, "")
        apply(_opening(state.tokens), attributes.without(*_ADDRESSES))
    state.pos = braces.end()
    return True


def _opening(tokens: list[Token]) -> Token:
    """Return the last token, or the one that opens the link which the last token closes."""
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
