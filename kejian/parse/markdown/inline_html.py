"""Rendering of our own inline tokens as HTML and as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote.index import render_footnote_anchor

from kejian.core.model import Formula
from kejian.parse.markdown.render_state import rendering


def hole(_: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType) -> str:
    """Render rule: a hole within a line."""
    return rendering(env).add(tokens[index].meta["hole"])


def math_block(_: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType) -> str:
    """Render rule: a displayed formula that is a block of its own."""
    return f'<p class="math">{rendering(env).add(tokens[index].meta["hole"])}</p>\n'


def footnote_anchor(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Render rule: the link back from a footnote, with an arrow that the shipped fonts contain."""
    return render_footnote_anchor(renderer, tokens, index, options, env).replace("\u21a9\ufe0e", "↑")


def critic(_: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, ___: EnvType) -> str:
    """Render rule: a critic mark."""
    return str(tokens[index].meta["html"])


def image(renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """Render rule: a picture; its alternative text is plain, with formulas as they are written."""
    token = tokens[index]
    token.attrs["alt"] = alternative(token)
    rendered: str = renderer.renderToken(tokens, index, options, env)  # type: ignore[attr-defined]  # RendererHTML has it
    return rendered


def alternative(image: Token) -> str:
    """The alternative text of a picture."""
    return "".join(_alt(image.children or ()))


def _alt(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type == "image":
            yield from _alt(token.children or ())
        else:
            yield token.content


def plain(tokens: Sequence[Token]) -> str:
    """The text of inline tokens without markup: of a formula its TeX, of an icon nothing."""
    return " ".join("".join(_plain(tokens)).split())


def _plain(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "critic"):
            yield token.content
        elif token.type == "hole":
            filling = token.meta["hole"]
            yield filling.tex if isinstance(filling, Formula) else ""
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.children:
            yield from _plain(token.children)
