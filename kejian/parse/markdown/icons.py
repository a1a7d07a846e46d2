"""`:fa-name:` icons."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from kejian.core.model import Icon
from kejian.parse.markdown.render_state import rendering

_ICON = re.compile(r":fa-([a-z0-9]+(?:-[a-z0-9]+)*+):")


def icon(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule at `:`."""
    match = _ICON.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        opening = state.push("icon_open", "i", 1)
        opening.attrs = {"class": f"fa fa-{match[1]}", "aria-hidden": "true"}
        token = state.push("hole", "", 0)
        token.content = match[0]
        token.meta["hole"] = Icon(match[1], rendering(state.env).span(state.src, state.pos, match[0]))
        state.push("icon_close", "i", -1)
    state.pos = match.end()
    return True
