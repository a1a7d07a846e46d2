"""`[TOC]` alone on a line: a list of the file's headings as links; `[TOC] {depthFrom=2 depthTo=3 orderedList=true}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from kejian.core.attributes import Attributes, parse
from kejian.core.model import Heading
from kejian.parse.markdown.render_state import rendering

LINE = re.compile(r"\[toc\][ \t]*(\{[^{}\n]*\})?[ \t]*", re.IGNORECASE)
_MOST = 20_000
"""Lines that the tables of contents of one file may have together."""


def find(state: StateCore) -> None:
    """Core rule: replace a paragraph `[TOC]` by the list."""
    tokens = state.tokens
    for at in range(len(tokens) - 2, 0, -1):
        text = tokens[at].content
        if tokens[at - 1].type == "paragraph_open" and text[:5].lower() == "[toc]" and (match := LINE.fullmatch(text)):
            tokens[at - 1 : at + 2] = [Token("toc", "", 0, map=tokens[at].map, info=match[1] or "", block=True)]


def toc(_: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType) -> str:
    """Render rule: the list of all headings of the file if they are known, else of this slide."""
    found = rendering(env)
    headings = found.shared.headings or found.headings
    if found.shared.listed > _MOST:
        line = (tokens[index].map or [0])[0]
        message = f"the tables of contents of this file have more than {_MOST} lines; this one is left out"
        found.warn("too-many-toc", found.locate(line, "["), message, "remove some, or give each depthTo=2")
        return ""
    found.shared.listed += 1 + len(headings)
    return contents(headings, parse(tokens[index].info))


def contents(headings: Iterable[Heading], options: Attributes = Attributes()) -> str:
    """Format nested lists of links to the headings between the two depths."""
    first, last = _number(options, "depthFrom", 1), _number(options, "depthTo", 6)
    tag = "ol" if options.truthy("orderedList") else "ul"
    parts: list[str] = []
    open_levels: list[int] = []
    for heading in headings:
        if not heading.listed or not first <= heading.level <= last:
            continue
        while open_levels and open_levels[-1] > heading.level:
            open_levels.pop()
            parts.append(f"</li></{tag}>")
        if open_levels and open_levels[-1] == heading.level:
            parts.append("</li>")
        else:
            parts.append(f"<{tag}>" if open_levels else f'<{tag} class="toc">')
            open_levels.append(heading.level)
        parts.append(f'<li><a href="#{escape(heading.id)}">{escape(heading.text)}</a>')
    parts += [f"</li></{tag}>"] * len(open_levels)
    return "".join(parts) + "\n" if parts else ""


def _number(options: Attributes, key: str, default: int) -> int:
    value = options.get(key, default)
    return value if isinstance(value, int) else default
