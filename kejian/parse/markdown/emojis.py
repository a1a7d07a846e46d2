"""Emoji by GitHub names, `:smile:`, and by shortcuts such as `:)`, which must be surrounded by
blanks or punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from markdown_it.rules_inline import StateInline

_NAME = re.compile(r":([a-z0-9_+-]{1,60}):(?![A-Za-z0-9])")
_SHORTCUTS = {
    "smiley": ":) :-)",
    "smile": ":D :-D",
    "wink": ";) ;-)",
    "frowning": ":( :-(",
    "cry": ":'( :'-(",
    "joy": ":') :'-) :'D :'-D",
    "confused": ":-/",
    "open_mouth": ":o :-o :O :-O",
    "stuck_out_tongue": ":P :-P",
    "heart": "<3",
    "broken_heart": "</3",
}
_BY_SHORTCUT = {shortcut: name for name, shortcuts in _SHORTCUTS.items() for shortcut in shortcuts.split()}
_SHORTCUT = re.compile("|".join(map(re.escape, sorted(_BY_SHORTCUT, key=len, reverse=True))))


def emoji(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule at `:`, `;` and `<`: a known name between colons, or a shortcut that touches no letter or digit."""
    text, pos = state.src, state.pos
    before = text[pos - 1 : pos]
    found = _NAME.match(text, pos, state.posMax)
    character = character_of(found[1]) if found and not (before.isascii() and before.isalnum()) else ""
    if not character:
        found = _SHORTCUT.match(text, pos, state.posMax)
        if not found or before.isalnum() or text[found.end() : found.end() + 1].isalnum():
            return False
        character = character_of(_BY_SHORTCUT[found[0]])
    assert found is not None  # one of the two patterns has matched
    if not silent:
        state.append_pending(character)
    state.pos = found.end()
    return True


@lru_cache(maxsize=256)
def character_of(name: str) -> str:
    """Return the emoji of that name, or "". The table is loaded at the first call."""
    from emoji import emojize  # half a megabyte of names that most decks never ask for

    written = f":{name}:"
    character = emojize(written, language="alias")
    return "" if character == written else character


@lru_cache(maxsize=1)
def names() -> Mapping[str, str]:
    """Return each emoji by its names, sorted."""
    from emoji import EMOJI_DATA

    aliases = ((alias, character) for character, known in EMOJI_DATA.items() for alias in known.get("alias", ()))
    found = {alias.strip(":"): character for alias, character in aliases}
    return {name: found[name] for name in sorted(found) if _NAME.fullmatch(f":{name}:")}
