"""Wiki links: `[[Page]]` and `[[page|text]]` lead to `Page.md` beside the file."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]|\n]+))?\]\](?![(\[])")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


def wiki(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule at `[`."""
    if not state.src.startswith("[[", state.pos) or state.linkLevel or state.src[state.pos - 1 : state.pos] == "!":
        return False
    match = _LINK.match(state.src, state.pos, state.posMax)
    if not match or not match[1].strip():
        return False
    if not silent:
        page = match[1].strip()
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": state.md.normalizeLink(_address(page))}
        state.push("text", "", 0).content = (match[2] or page).strip()
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True


def _address(page: str) -> str:
    name, mark, part = page.partition("#")
    if name and not _SUFFIX.fullmatch(name[name.rfind(".") :] if "." in name else ""):
        name += ".md"
    return name + mark + part
