"""Headings: attributes at their end, ids, and the list of headings for tables of contents."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from itertools import pairwise

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from kejian.core.attributes import parse
from kejian.core.model import Heading
from kejian.parse.markdown.inline_attributes import apply
from kejian.parse.markdown.inline_html import plain
from kejian.parse.markdown.render_state import RenderState, rendering

_MEANT = re.compile(r"\{\s*(?:[.#][^\s.#]|[\w-]+=|ignore\b)[^{}$]*\}")
_DROPPED = re.compile(r"[^\w\- ]")


def attributes(state: StateCore) -> None:
    """Core rule, before the inline parse: `# Text {#id .class key=value}` sets attributes on the heading."""
    tokens = state.tokens
    for opening, text in pairwise(tokens):
        if opening.type != "heading_open" or not text.content.endswith("}"):
            continue
        start = text.content.rfind("{")
        if start > 0 and not text.content[start - 1].isspace():
            continue
        if start >= 0 and _MEANT.fullmatch(text.content, start):
            found = parse(text.content[start:])
            opening.meta["listed"] = not found.truthy("ignore")
            apply(opening, found.without("ignore"))
            text.content = text.content[:start].rstrip()


def identify(state: StateCore) -> None:
    """Core rule, after the inline parse: give every heading an id that is unique in its file."""
    found = rendering(state.env)
    tokens = state.tokens
    for opening, text in pairwise(tokens):
        if opening.type == "heading_open":
            found.headings.append(_heading(opening, text, found))


def _heading(opening: Token, text: Token, found: RenderState) -> Heading:
    words = plain(text.children or ())
    asked = str(opening.attrs.get("id") or slug(words))
    opening.attrs["id"] = name = unique(asked, found.shared.slugs)
    found.named.append((asked, name))
    return Heading(int(opening.tag[1]), words, name, opening.meta.get("listed", True))


def slug(text: str) -> str:
    """Return an id for a heading: lower case, no punctuation, `-` for a blank; letters of any script are kept."""
    return _DROPPED.sub("", text.lower()).strip().replace(" ", "-") or "section"


def unique(name: str, taken: MutableMapping[str, int]) -> str:
    """Return `name`, or with `-1`, `-2` … if it is taken."""
    if name not in taken:
        taken[name] = 1
        return name
    number = taken[name]
    while f"{name}-{number}" in taken:
        number += 1
    taken[name] = number + 1
    taken[f"{name}-{number}"] = 1
    return f"{name}-{number}"
