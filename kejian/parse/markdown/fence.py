"""Fenced and indented code: the info string, and the element for the listing, diagram or formula."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from kejian.core.attributes import Attributes
from kejian.core.diagnostics import Span
from kejian.core.model import Formula, Listing
from kejian.parse import unread
from kejian.parse.labels import kinds
from kejian.parse.markdown import chunk, example, info, marks, math_block
from kejian.parse.markdown.diagrams import diagram, external, shown_as_source, warn_external
from kejian.parse.markdown.render_state import RenderState, rendering
from kejian.parse.markdown.tex import trimmed

_KEPT = frozenset({"id", "class", "style", "title", "lang"})


def fence(_: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType) -> str:
    """Render rule: a fenced block."""
    token = tokens[index]
    found = rendering(env)
    line = token.map[0] if token.map else 0
    span = found.locate(line, token.markup + token.info)
    language, attributes = info.read(token.info)
    for _offset, message in attributes.problems:
        found.warn("attributes", span, message, "write `key=value`, `.class`, `#id` or a flag")
    source = token.content.removesuffix("\n")
    if token.meta.get("captioned"):
        attributes = attributes.without("id", "fig-cap", "lst-cap")
    return _drawn(found, source, language, attributes, span, line)


def _drawn(found: RenderState, source: str, language: str, attributes: Attributes, span: Span, line: int) -> str:
    """Return what a fenced block stands for: an output, a formula, a diagram, or code, perhaps with its output."""
    if language == example.FENCE and not source:
        return example.output(found, attributes, span)
    if language == "math" and not shown_as_source(attributes):
        formula = Formula(math_block.labelled(trimmed(source), attributes.text("id")), display=True, span=span)
        shell = _with_class("math", attributes if kinds.kind(attributes.text("id")) == "" else attributes.without("id"))
        return f"<p{_kept(shell).html()}>{found.add(formula)}</p>\n" if source.strip() else ""
    first = found.locate(line + 1, source.split("\n", 1)[0])
    drawn = diagram(found, source, language, attributes, span, first)
    if drawn:
        return drawn
    if not chunk.is_chunk(attributes):
        return _code(found, source, language, attributes, span)
    below = chunk.output(found, source, language, attributes, span, first)
    return _code(found, source, language, attributes, span) + below


def code_block(_: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType) -> str:
    """Render rule: an indented block, whose language is unknown."""
    token = tokens[index]
    found = rendering(env)
    source = token.content.removesuffix("\n")
    span = found.locate(token.map[0] if token.map else 0, source.split("\n", 1)[0])
    return f"<pre><code>{found.add(Listing(source, '', span))}</code></pre>\n"


def _code(found: RenderState, source: str, language: str, attributes: Attributes, span: Span) -> str:
    if external(language, attributes) and not shown_as_source(attributes) and not chunk.is_chunk(attributes):
        warn_external(found, language, span)
    for one in unread.on_listing(attributes):
        found.warn("attribute-unread", span, one.message, one.hint)
    if attributes.truthy("hide"):
        return ""
    shell = _kept(_with_class(f"language-{language}" if language else "", attributes))
    marked = marks.read(found, attributes, source.count("\n") + 1, span)
    if marked:
        shell = shell.updated(data_marked=marked)
    listing = found.add(Listing(source, language, span))
    return f"<pre{shell.html()}><code>{listing}</code></pre>\n"


def _with_class(first: str, attributes: Attributes) -> Attributes:
    """Return the attributes with `first` before their classes, and either name of the line gutter as `line-numbers`."""
    classes = [info.GUTTER.get(c, c) for c in attributes.text("class").split()]
    joined = " ".join(filter(None, [first, *classes]))
    rest = attributes.without("class")
    return Attributes((("class", joined), *rest.items)) if joined else rest


def _kept(attributes: Attributes) -> Attributes:
    return Attributes(tuple((k, v) for k, v in attributes.items if k in _KEPT or k.startswith(("data-", "aria-"))))
