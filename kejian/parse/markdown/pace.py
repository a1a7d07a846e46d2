"""Steps: list items of `::: incremental`, and everything after a pause, `. . .`."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from kejian.parse.markdown import containers
from kejian.parse.markdown.render_state import rendering

STEP = "fragment"
_PAUSE = re.compile(r"\.[ \t]+\.[ \t]+\.")
_ENDS = re.compile(r'\s*(?:</|<[\w-]+[^<>]*\bclass="footer")')
"""Raw HTML before which a pause ends: the end of a column, and the footer."""


def incremental(state: StateCore) -> None:
    """Core rule: list items are fragments if the slide or the container around them is incremental."""
    steps = [rendering(state.env).incremental]
    for token in state.tokens:
        if token.type == f"{containers.NAME}_open":
            named = containers.attributes(token.info).text("class").split()
            steps.append("nonincremental" not in named and ("incremental" in named or steps[-1]))
        elif token.type == f"{containers.NAME}_close":
            steps.pop()
        elif token.type == "list_item_open" and steps[-1]:
            token.attrJoin("class", STEP)


def pauses(state: StateCore) -> None:
    """Core rule: what follows a paragraph `. . .` is a fragment, up to the next, the end of its block or a footer."""
    if not rendering(state.env).shared.pauses or ". ." not in state.src:
        return
    found: list[Token] = []
    opened = [0]
    skipped = 0
    for at, token in enumerate(state.tokens):
        if skipped:
            skipped -= 1
            continue
        if _is_pause(state.tokens[at : at + 3]):
            _close(found, opened)
            found.append(_html(f'<div class="{STEP}">\n'))
            opened[-1] = 1
            skipped = 2
            continue
        if token.type == "html_block" and _ENDS.match(token.content):
            _close(found, opened)
        if token.nesting < 0:
            _close(found, opened)
            if len(opened) > 1:
                opened.pop()
        found.append(token)
        if token.nesting > 0:
            opened.append(0)
    _close(found, opened[:1])
    state.tokens = found


def _is_pause(tokens: list[Token]) -> bool:
    kinds = [token.type for token in tokens]
    return kinds == ["paragraph_open", "inline", "paragraph_close"] and bool(_PAUSE.fullmatch(tokens[1].content))


def _close(found: list[Token], opened: list[int]) -> None:
    if opened[-1]:
        found.append(_html("</div>\n"))
        opened[-1] = 0


def _html(text: str) -> Token:
    return Token("html_block", "", 0, content=text, block=True)
