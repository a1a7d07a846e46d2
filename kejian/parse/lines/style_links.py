"""`<link rel="stylesheet" href="own.css">` to a style sheet of the course, which is equivalent to an import."""

from __future__ import annotations

import re
from html import unescape

from kejian.core.addresses import is_remote

LINK = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|<link\b[^<>]*>", re.IGNORECASE)
"""A link, or code, in which none is looked for."""
_ATTRIBUTE = re.compile(r"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)


def local_style(tag: str) -> str:
    """Return the style sheet of the course that a link tag names, as written; "" for other links, and within code."""
    if tag.startswith("`"):
        return ""
    found = {name.lower(): unescape(a or b or c).strip() for name, a, b, c in _ATTRIBUTE.findall(tag)}
    target = found.get("href", "")
    style = "stylesheet" in found.get("rel", "").lower().split() and "alternate" not in found.get("rel", "").lower()
    return target if style and target.lower().endswith((".css", ".less")) and not is_remote(target) else ""
