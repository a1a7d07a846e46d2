"""`::: name` … `:::`: a `<div>` with that class around Markdown; containers in containers, with fences of any length.

A line of colons with a name opens, one without closes what was opened last. `::: notes` are a slide's notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from kejian.core.attributes import Attributes, parse, printed
from kejian.parse.markdown.render_state import RenderState, rendering

NAME = "container_named"
_FENCE = re.compile(r"(:{3,}+)(.*)")
_FLAGS = ("hidden", "incremental", "reversed")
_PREFIXES = ("data-", "aria-")
_CODE = re.compile(r"(`{3,}|~{3,})(.*)")


def plugin(md: MarkdownIt) -> None:
    """Register containers of any name with markdown-it."""
    md.block.ruler.before("fence", NAME, _rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    for end in ("open", "close"):
        md.add_render_rule(f"{NAME}_{end}", _container)


class ContainerFence(NamedTuple):
    """A line that opens or closes a container: its colons, and what follows them, "" for one that closes."""

    colons: str
    info: str


def fence(text: str) -> ContainerFence | None:
    """Read a line without what stands before it, in linear time; `None` if it is no fence of a container."""
    found = _FENCE.fullmatch(text)
    return ContainerFence(found[1], found[2].lstrip(" \t").rstrip(":").rstrip(" \t")) if found else None


def attributes(info: str) -> Attributes:
    """Return the attributes that a container's opening fence names, with its name among the classes."""
    word, _blank, rest = info.partition(" ")
    return parse(info if info.startswith("{") else f".{word} {rest.strip().removeprefix('{').removesuffix('}')}")


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (the signature of every block rule)
    opened = _fence(state, start)
    if not opened or not opened.info:
        return False
    if silent:
        return True
    last = _end(state, start, end)
    parent, limit = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", last  # a lazy continuation line must not extend the container
    tag = "aside" if opened.info.lstrip("{. ").partition(" ")[0].rstrip("}") == "notes" else "div"
    token = state.push(f"{NAME}_open", tag, 1)
    token.markup, token.info, token.block, token.map = opened.colons, opened.info, True, [start, last]
    state.md.block.tokenize(state, start + 1, last)
    token = state.push(f"{NAME}_close", tag, -1)
    token.markup, token.block = opened.colons, True
    state.parentType, state.lineMax = parent, limit
    state.line = last + (last < end and bool(_fence(state, last)))
    return True


def _end(state: StateBlock, start: int, end: int) -> int:
    """Return the line that closes the container opened at `start`, or the first that no longer belongs to it."""
    depth, code = 1, ""
    for line in range(start + 1, end):
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        if text and state.sCount[line] < state.blkIndent:
            return line
        if code:
            code = "" if re.fullmatch(rf"{code[0]}{{{len(code)},}}[ \t]*", text) else code
        elif found := _CODE.fullmatch(text):
            code = found[1]
        elif inner := _fence(state, line):
            depth += 1 if inner.info else -1
        if depth == 0:
            return line
    return end


def _fence(state: StateBlock, line: int) -> ContainerFence | None:
    start = state.bMarks[line] + state.tShift[line]
    if state.src[start : start + 3] != ":::" or state.is_code_block(line):
        return None
    return fence(state.src[start : state.eMarks[line]])


def _container(_: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    if token.nesting < 0:
        return f"</{token.tag}>\n"
    found = _without_title(attributes(token.info).without("edition"), token, rendering(env))
    if token.meta.get("headed"):
        found = found.without("title")
    if width := printed(found.get("width")):  # as in columns; an element that is no picture has no such attribute
        style = f"width: {width}{'px' if width.isdigit() else ''}; {printed(found.get('style'))}".strip("; ")
        found = found.without("width").updated(style=style)
    return f"<{token.tag}{found.html()}>\n"


def _without_title(given: Attributes, token: Token, found: RenderState) -> Attributes:
    """Warn about words behind a container's name, which are its title in other dialects, and return the rest."""
    words = [key for key, value in given.items if value is True and key not in _FLAGS and key[:5] not in _PREFIXES]
    if words:
        title = " ".join(words)[:60]
        span = found.locate(token.map[0] if token.map else 0, token.markup)
        message = f"`{title}` stands behind a container's name, where no text is shown"
        hint = f'write it as a paragraph in the container, or write `!!! note "{title}"`, which has a title'
        found.warn("attribute-unread", span, message, hint)
    return given.without(*words)
