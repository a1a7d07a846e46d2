"""Wiki links: `[[Page]]` leads to `Page.md` beside the file; `[[text|page]]` too, or `[[page|text]]` by a setting."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from kejian.core.dialect import Dialect
from kejian.parse.markdown.render_state import rendering

_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|[^\[\]|\n]+)?\]\](?![(\[])")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


def wiki(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule at `[`."""
    if not state.src.startswith("[[", state.pos) or state.linkLevel or state.src[state.pos - 1 : state.pos] == "!":
        return False
    match = _LINK.match(state.src, state.pos, state.posMax)
    if not match or not match[1].strip():
        return False
    if not silent:
        text, page = divided(match[0][2:-2], rendering(state.env).shared.dialect)
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": state.md.normalizeLink(_address(page))}
        state.push("text", "", 0).content = text
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True


def divided(inside: str, dialect: Dialect) -> tuple[str, str]:
    """Split the inside of a wiki link into text and page."""
    first, bar, second = (part.strip() for part in inside.partition("|"))
    if not bar:
        return first, first
    return (first, second) if dialect.wiki_links == "text|page" else (second, first)


def _address(page: str) -> str:
    name, mark, part = page.partition("#")
    if name and not _SUFFIX.fullmatch(name[name.rfind(".") :] if "." in name else ""):
        name += ".md"
    return name + mark + part
