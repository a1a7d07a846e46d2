"""The gap between a Chinese character and a formula, which a browser knows between letters alone."""

from __future__ import annotations

import re

_GAP = '<span class="gap"></span>'
_BEFORE = re.compile(r'([\u3400-\u9fff\uf900-\ufaff])(?=<span class="formula[ "])')
_AFTER = re.compile(r"(</math></span>)(?=[\u3400-\u9fff\uf900-\ufaff])")


def spaced(html: str) -> str:
    """Return `html` with a gap between a Chinese character and a formula beside it, as beside a Latin letter."""
    return _AFTER.sub(rf"\1{_GAP}", _BEFORE.sub(rf"\1{_GAP}", html))
