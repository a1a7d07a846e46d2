"""The permitted addresses of links and pictures: relative ones, and a list of schemes."""

from __future__ import annotations

import re

_SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})
_SCHEME = re.compile(r"[\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.-]*):")


def refused(url: str, *, picture: bool = False) -> str:
    """Return the scheme of `url` if it is not on the list, else "". A picture may also be a `data:` address."""
    match = _SCHEME.match(url)
    if not match or match[1].lower() in _SCHEMES:
        return ""
    data = picture and url[match.start(1) :].lower().startswith("data:image/")
    return "" if data else match[1].lower()
