"""Films and sounds on slides: those that play by themselves begin when their slide is shown, and stop with it."""

from __future__ import annotations

import re

_AUTOPLAY = re.compile(r"""(<(?:video|audio)\b(?:[^<>"]|"[^"<>]*")*?\s)autoplay(?=[\s=>])""", re.IGNORECASE)


def started_with_slide(html: str) -> str:
    """Return a slide's HTML in which reveal.js starts what plays by itself, not the browser as it loads the page."""
    return _AUTOPLAY.sub(r"\1data-autoplay", html) if "autoplay" in html else html
