"""Figures, tables and listings with a caption and a number, as Quarto writes them.

`![Caption](loss.svg){#fig-loss}` alone in its paragraph, `: Caption {#tbl-data}` below a table, and code or a diagram
with `#lst-step lst-cap="Caption"` or `#fig-net fig-cap="Caption"`. `fig-alt="…"` is a picture's alternative text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from kejian.core.attributes import Attributes
from kejian.parse.labels import kinds
from kejian.parse.markdown import info
from kejian.parse.markdown.render_state import rendering

_LABEL = re.compile(r"\{[ \t]*#(tbl-[\w:.-]+)[ \t]*\}")
_CLASS = {"fig": "figure", "lst": "listing"}
_PARAGRAPH = ["paragraph_open", "inline", "paragraph_close"]


def tables(state: StateCore) -> None:
    """Core rule, before the inline parse: the paragraph below a table that is its caption moves into it."""
    if "{#tbl-" not in state.src and "{ #tbl-" not in state.src:
        return
    kept: list[Token] = []
    opened = -1
    tokens = iter(enumerate(state.tokens))
    for at, token in tokens:
        if token.type == "table_open":
            opened = len(kept)
        below = _caption_below(state.tokens, at, kept)
        if below and opened >= 0:
            text = state.tokens[at + 1]
            text.content, name = below
            kept[opened].attrs["id"] = name
            kept[opened + 1 : opened + 1] = _captioned("caption", name, "tbl", text)
            next(tokens)
            next(tokens)
        else:
            kept.append(token)
    state.tokens = kept


def _caption_below(tokens: Sequence[Token], at: int, before: Sequence[Token]) -> tuple[str, str] | None:
    """Return the caption and the label in the paragraph that begins at `at`, if it is one below a table."""
    if not (before and before[-1].type == "table_close") or [t.type for t in tokens[at : at + 3]] != _PARAGRAPH:
        return None
    text = tokens[at + 1].content.strip()
    start = text.rfind("{")
    label = _LABEL.fullmatch(text, start) if start > 0 and text.startswith((": ", ":\t")) else None
    return (text[1:start].strip(), label[1]) if label else None


def figures(state: StateCore) -> None:
    """Core rule, after the inline parse: a paragraph that is one picture with a label becomes a figure."""
    if "#fig-" not in state.src:
        return
    kept: list[Token] = []
    tokens = iter(enumerate(state.tokens))
    for at, token in tokens:
        picture = _lone_picture(state.tokens[at : at + 3])
        if picture is None:
            kept.append(token)
            continue
        text = state.tokens[at + 1]
        name = str(picture.attrs.pop("id"))
        caption = Token("inline", "", 0, content=picture.content, map=text.map, children=picture.children)
        alternative = picture.attrs.pop("fig-alt", None)
        if alternative is not None:
            picture.children = [Token("text", "", 0, content=str(alternative))]
        opening = Token("figure_open", "figure", 1, attrs={"id": name, "class": "figure"}, block=True, map=token.map)
        kept += [opening, text, *_captioned("figcaption", name, "fig", caption)]
        kept.append(Token("figure_close", "figure", -1, block=True))
        next(tokens)
        next(tokens)
    state.tokens = kept


def _lone_picture(tokens: Sequence[Token]) -> Token | None:
    if [token.type for token in tokens] != _PARAGRAPH:
        return None
    children = [one for one in tokens[1].children or () if one.type != "text" or one.content.strip()]
    alone = len(children) == 1 and children[0].type == "image"
    return children[0] if alone and kinds.kind(str(children[0].attrs.get("id", ""))) == "fig" else None


def _captioned(tag: str, name: str, kind: str, text: Token) -> list[Token]:
    number = Token("numbered", "", 0, meta={"name": name, "kind": kind}, map=text.map)
    return [Token("caption_open", tag, 1, block=True), number, text, Token("caption_close", tag, -1, block=True)]


def code(state: StateCore) -> None:
    """Core rule, before the inline parse: code, its output, or a diagram with a label stands in a figure."""
    if "#fig-" not in state.src and "#lst-" not in state.src:
        return
    kept: list[Token] = []
    for token in state.tokens:
        _, attributes = info.read(token.info) if token.type == "fence" else ("", Attributes())
        name = attributes.text("id")
        kind = kinds.kind(name)
        if kind not in ("fig", "lst") or attributes.truthy("hide"):
            kept.append(token)
            continue
        opening = Token("figure_open", "figure", 1, attrs={"id": name, "class": _CLASS[kind]}, block=True)
        token.meta["captioned"] = True
        text = Token("inline", "", 0, content=attributes.text(f"{kind}-cap"), map=token.map, children=[])
        caption = _captioned("figcaption", name, kind, text)
        inside = [*caption, token] if kind == "lst" else [token, *caption]
        kept += [opening, *inside, Token("figure_close", "figure", -1, block=True)]
    state.tokens = kept


def numbered(_: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType) -> str:
    """Render rule: the number of what has a label, or the kind of what has none."""
    token, found = tokens[index], rendering(env)
    name = str(token.meta["name"])
    return found.number(name, str(token.meta["kind"]), found.locate(token.map[0] if token.map else 0, name)) + " "
