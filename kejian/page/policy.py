"""The content security policy of a page: nothing from outside its folder, no script that is not ours."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

_TEMPLATE = re.compile(r"document\.write\(`((?:[^`\\]|\\.)*)`", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}

_RULES = (
    "default-src 'none'",
    "script-src 'self' {scripts}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "media-src 'self' data:",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)


def policy(scripts: str = "") -> str:
    """The policy; `scripts` (hashes, or 'unsafe-inline') names inline scripts allowed besides the page's own files."""
    return "; ".join(_RULES).format(scripts=scripts).replace(" ;", ";")


def popup_hashes(plugin: str) -> str:
    """The hashes of the inline scripts in the window that reveal.js' notes plugin writes, as CSP source expressions.

    plugin: the text of `plugin/notes.js`, which holds that window's HTML in a template literal.
    """
    page = _TEMPLATE.search(plugin)
    return " ".join(_hash(script) for script in _SCRIPT.findall(_ESCAPE.sub(_unescaped, page[1]) if page else ""))


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _LETTERS.get(escape[3], escape[3])
