"""`:::name` … `:::`: a `<div>` with that class around Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.container import container_plugin

from kejian.attributes import parse


def plugin(md: MarkdownIt) -> None:
    """Let markdown-it read containers of any name."""
    container_plugin(md, "named", validate=lambda params, *_: bool(params.strip()), render=_container)


def _container(_: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, ___: EnvType) -> str:
    token = tokens[index]
    if token.nesting < 0:
        return "</div>\n"
    info = token.info.strip()
    word, _blank, rest = info.partition(" ")
    named = info if info.startswith("{") else f".{word} {rest.strip().removeprefix('{').removesuffix('}')}"
    return f"<div{parse(named).html()}>\n"
