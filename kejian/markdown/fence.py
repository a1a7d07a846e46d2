"""Fenced and indented code: its info string, and the element around the listing, diagram or formula it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.common.utils import unescapeAll
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from kejian.attributes import Attributes, Value, parse, printed
from kejian.diagnostics import Span
from kejian.markdown import chunk, example
from kejian.markdown.diagrams import diagram, external, shown_as_source, warn_external
from kejian.markdown.rendering import Rendering, rendering
from kejian.markdown.tex import trimmed
from kejian.model import Formula, Listing

_INFO = re.compile(r"\s*([^\s{]*)(.*)", re.DOTALL)
_GUTTER = {"numberLines": "line-numbers", "line-numbers": "line-numbers"}
_KEPT = frozenset({"id", "class", "style", "title", "lang"})
_LINES = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?")


def fence(_: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType) -> str:
    """Render rule: a fenced block."""
    token = tokens[index]
    found = rendering(env)
    line = token.map[0] if token.map else 0
    span = found.locate(line, token.markup + token.info)
    language, attributes = read_info(token.info)
    for _offset, message in attributes.problems:
        found.warn("attributes", span, message, "write `key=value`, `.class`, `#id` or a flag")
    source = token.content.removesuffix("\n")
    if language == example.FENCE and not source:
        return example.output(found, attributes, span)
    if language == "math" and not shown_as_source(attributes):
        formula = Formula(trimmed(source), display=True, span=span)
        shell = _with_class("math", attributes)
        return f"<p{_kept(shell).html()}>{found.add(formula)}</p>\n" if source.strip() else ""
    drawn = diagram(found, source, language, attributes, span)
    if drawn:
        return drawn
    if not chunk.is_chunk(attributes):
        return _code(found, source, language, attributes, span)
    below = chunk.output(found, source, language, attributes, span, found.locate(line + 1, source.split("\n", 1)[0]))
    return _code(found, source, language, attributes, span) + below


def code_block(_: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType) -> str:
    """Render rule: an indented block, which has no language."""
    token = tokens[index]
    found = rendering(env)
    source = token.content.removesuffix("\n")
    span = found.locate(token.map[0] if token.map else 0, source.split("\n", 1)[0])
    return f"<pre><code>{found.add(Listing(source, '', span))}</code></pre>\n"


def read_info(info: str) -> tuple[str, Attributes]:
    """The language and the attributes of an info string; without a language the first class is one."""
    match = _INFO.fullmatch(info)
    assert match is not None  # the pattern matches any text
    word, rest = match[1], match[2]
    if word[:1] in (".", "#") or "=" in word:
        word, rest = "", info
    attributes = parse(rest)
    if word:
        return unescapeAll(word).lower(), attributes
    classes = [c for c in attributes.text("class").split() if c not in _GUTTER]
    if not classes:
        return "", attributes
    others = [c for c in attributes.text("class").split() if c != classes[0]]
    return classes[0].lower(), attributes.updated(**{"class": " ".join(others)})


def _code(found: Rendering, source: str, language: str, attributes: Attributes, span: Span) -> str:
    if external(language, attributes) and not shown_as_source(attributes) and not chunk.is_chunk(attributes):
        warn_external(found, language, span)
    if attributes.truthy("hide"):
        return ""
    shell = _kept(_with_class(f"language-{language}" if language else "", attributes))
    marked = marked_lines(attributes.get("highlight", ""), source.count("\n") + 1)
    if marked:
        shell = shell.updated(data_marked=marked)
    listing = found.add(Listing(source, language, span))
    return f"<pre{shell.html()}><code>{listing}</code></pre>\n"


def _with_class(first: str, attributes: Attributes) -> Attributes:
    """The attributes with `first` before their classes, and either name of the line gutter as `line-numbers`."""
    classes = [_GUTTER.get(c, c) for c in attributes.text("class").split()]
    joined = " ".join(filter(None, [first, *classes]))
    rest = attributes.without("class")
    return Attributes((("class", joined), *rest.items)) if joined else rest


def _kept(attributes: Attributes) -> Attributes:
    return Attributes(tuple((k, v) for k, v in attributes.items if k in _KEPT or k.startswith(("data-", "aria-"))))


def marked_lines(value: Value, count: int) -> str:
    """Which of `count` lines `highlight=` marks, as `1,3-5`; what is out of range is left out."""
    return ",".join(_ranges(printed(value), count)) if value is not True else ""


def _ranges(text: str, count: int) -> Iterator[str]:
    for part in text.split(","):
        match = _LINES.fullmatch(part.strip())
        if match:
            first, last = int(match[1]), min(int(match[2] or match[1]), count)
            if 1 <= first <= last:
                yield str(first) if first == last else f"{first}-{last}"
