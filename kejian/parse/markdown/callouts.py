"""`> [!NOTE] Title` and `> [!NOTE]-`: callouts with a title of their own, or folded (`-`) or unfolded (`+`).

markdown-it's own rule knows callouts without either.
"""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

KINDS = ("note", "tip", "important", "warning", "caution")
_HEAD = re.compile(rf"\[!({'|'.join(KINDS)})\]([+-]?)(?:[ \t]+([^\n]*))?(?:\n|\Z)", re.IGNORECASE)


def titled(state: StateCore) -> None:
    """Core rule, before the inline parse."""
    if "[!" not in state.src:
        return
    found: list[Token] = []
    elements: list[str] = []  # for each open quotation the element that replaces it, "" for none
    empty = False  # drop the end of a paragraph that held nothing but the head
    for token in state.tokens:
        if token.type == "blockquote_open":
            elements.append("")
        elif token.type == "blockquote_close" and elements and (tag := elements.pop()):
            token.type, token.tag = "alert_close", tag
        head = _HEAD.match(token.content) if token.type == "inline" and _begins_quote(found) else None
        if head and (head[2] or head[3]):
            paragraph = found.pop()
            elements[-1] = _open(found, head)
            empty = head.end() == len(token.content)
            if empty:
                continue
            found.append(paragraph)
            token.content = token.content[head.end() :]
            token.map = token.map and [token.map[0] + 1, token.map[1]]
        if not empty:
            found.append(token)
        empty = False
    state.tokens = found


def _begins_quote(found: list[Token]) -> bool:
    return [token.type for token in found[-2:]] == ["blockquote_open", "paragraph_open"]


def _open(found: list[Token], head: re.Match[str]) -> str:
    """Replace the quotation's opening by the callout's and its title; return the name of its element."""
    quote, kind = found[-1], head[1].lower()
    quote.type, quote.tag = "alert_open", "details" if head[2] else "div"
    quote.attrs["class"] = f"markdown-alert markdown-alert-{kind}"
    if head[2] == "+":
        quote.attrs["open"] = ""
    tag = "summary" if head[2] else "p"
    opening = Token("alert_title_open", tag, 1, attrs={"class": "markdown-alert-title"}, block=True)
    title = Token("inline", "", 0, content=(head[3] or kind.capitalize()).strip(), map=quote.map, children=[])
    found += [opening, title, Token("alert_title_close", tag, -1, block=True)]
    return quote.tag
