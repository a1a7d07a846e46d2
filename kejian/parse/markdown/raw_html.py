"""Raw HTML blocks: kept unchanged, with formulas in their text, and warnings about unknown tags."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from kejian.core.model import Formula
from kejian.parse.markdown import leftovers
from kejian.parse.markdown.math_html import formulas
from kejian.parse.markdown.render_state import RenderState, rendering
from kejian.parse.tags import known

_NAME = re.compile(r"<([a-zA-Z][^\s/>]*)")
_LITERAL = re.compile(r"\s*<(?:script|style|pre|textarea|!|\?)", re.IGNORECASE)


def html_block(_: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType) -> str:
    """Render rule: the block with a hole for each formula."""
    token = tokens[index]
    html = token.content
    found = rendering(env)
    found.enter(token.map[0] if token.map else 0)
    blamed: set[int] = set()
    filled = _with_holes(found, html, blamed)
    if not _LITERAL.match(html):
        warn_unknown(found, html, html, 0, blamed)
        for one in leftovers.in_html(html):
            found.warn(leftovers.CODE, found.span(html, one.at, one.written), one.message, one.hint)
    return filled


def _with_holes(found: RenderState, html: str, blamed: set[int]) -> str:
    def problem(pos: int, tag: re.Match[str]) -> None:
        blamed.add(tag.start())
        message = f"a browser reads `<{tag['name']}` in this formula as the beginning of a tag"
        span = found.span(html, pos, html[pos : tag.end()])
        found.warn("tag-in-tex", span, message, r"write `\lt`, or a blank after `<`")

    parts: list[str] = []
    done = 0
    for formula in formulas(html, problem, found.shared.dialect):
        parts.append(html[done : formula.start])
        done = formula.end
        if formula.tex:
            span = found.span(html, formula.start, html[formula.start : formula.end])
            parts.append(found.add(Formula(formula.tex, formula.display, span)))
        else:
            parts.append("$")
    return "".join([*parts, html[done:]]) if parts else html


def warn_unknown(found: RenderState, html: str, text: str, offset: int, blamed: Container[int] = ()) -> None:
    """Warn about unknown opening tags in `html`, which is at `text[offset]`."""
    for tag in _NAME.finditer(html):
        if not known(tag[1]) and tag.start() not in blamed:
            message = f"`<{tag[1]}>` is not an HTML element: a browser hides the tag"
            hint = f"write `&lt;{tag[1]}&gt;` to show it"
            found.warn("unknown-tag", found.span(text, offset + tag.start(), tag[0]), message, hint)
