"""Raw HTML blocks: kept as they are, with formulas in their text and a warning about tags no browser knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from kejian.diagnostics import Span
from kejian.markdown.math_html import formulas
from kejian.markdown.rendering import Rendering, rendering
from kejian.markdown.tags import known
from kejian.model import Formula

_NAME = re.compile(r"<([a-zA-Z][^\s/>]*)")
_LITERAL = re.compile(r"\s*<(?:script|style|pre|textarea|!|\?)", re.IGNORECASE)


def html_block(_: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType) -> str:
    """Render rule: the block with a hole for each formula."""
    token = tokens[index]
    html = token.content
    found = rendering(env)
    found.enter(token.map[0] if token.map else 0)
    if not _LITERAL.match(html):
        warn_unknown(found, html, html, 0)
    return _with_holes(found, html)


def _with_holes(found: Rendering, html: str) -> str:
    def place(pos: int, source: str) -> Span:
        return found.span(html, pos, source)

    def problem(pos: int, source: str) -> None:
        message = f"a browser reads `{source[source.rfind('<') :]}` in this formula as a tag"
        found.warn("tag-in-tex", place(pos, source), message, r"write `\lt`, or a blank after `<`")

    parts: list[str] = []
    done = 0
    for formula in formulas(html, problem):
        span = place(formula.start, html[formula.start : formula.end])
        parts += [html[done : formula.start], found.add(Formula(formula.tex, formula.display, span))]
        done = formula.end
    return "".join([*parts, html[done:]]) if parts else html


def warn_unknown(found: Rendering, html: str, text: str, offset: int) -> None:
    """Warn about the opening tags in `html`, which stands at `text[offset]`, that no browser knows."""
    for tag in _NAME.finditer(html):
        if not known(tag[1]):
            message = f"`<{tag[1]}>` is not an HTML element: a browser hides the tag"
            hint = f"write `&lt;{tag[1]}&gt;`, or put it in backticks, to show it"
            found.warn("unknown-tag", found.span(text, offset + tag.start(), tag[0]), message, hint)
