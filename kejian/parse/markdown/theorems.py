"""Theorems and the like: `::: {.theorem #thm-mean title="Mean value"}`, numbered where they have a label."""

from __future__ import annotations

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from kejian.parse.labels.kinds import THEOREMS, kind
from kejian.parse.markdown import containers


def headed(state: StateCore) -> None:
    """Core rule, before the inline parse: a theorem begins with its kind, its number and its title.

    A container that only has a name of that kind, with neither a label nor a title, stays a plain container; a proof
    always has its head.
    """
    if ":::" not in state.src:
        return
    kept: list[Token] = []
    for token in state.tokens:
        kept.append(token)
        if token.type == f"{containers.NAME}_open":
            kept += _head(token)
    state.tokens = kept


def _head(container: Token) -> list[Token]:
    given = containers.attributes(container.info)
    of = next((THEOREMS[name] for name in given.text("class").split() if name in THEOREMS), "")
    name, title = given.text("id"), given.text("title")
    labelled = bool(of) and kind(name) == of
    if not of or not (labelled or title or of == "prf"):
        return []
    container.meta["headed"] = True
    number = Token("numbered", "", 0, meta={"name": name if labelled else "", "kind": of}, map=container.map)
    opening = Token("paragraph_open", "p", 1, attrs={"class": "theorem-head"}, block=True)
    text = Token("inline", "", 0, content=title, map=container.map, children=[])
    around = [Token("theorem_title_open", "span", 1, attrs={"class": "theorem-title"}), text]
    titled = [*around, Token("theorem_title_close", "span", -1)] if title else []
    return [opening, number, *titled, Token("paragraph_close", "p", -1, block=True)]
