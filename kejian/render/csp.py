"""The Content Security Policy of a page: nothing from outside its folder, no script that is not ours."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

_TEMPLATE = re.compile(r"document\.write\(`((?:[^`\\]|\\.)*)`", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_INLINE = re.compile(r"'(?:sha256-[A-Za-z0-9+/=]+|unsafe-inline)'")
_FRAMES = re.compile(r"https://[^\s;]+")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}

_RULES = (
    "default-src 'none'",
    "script-src 'self' {scripts}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "media-src 'self' data:",
    "frame-src 'self' {frames}",
    "base-uri 'none'",
    "form-action 'none'",
)


def policy(scripts: str = "", frames: Iterable[str] = ()) -> str:
    """Return the policy; `scripts` (hashes, or 'unsafe-inline') permits inline scripts besides the page's own files.

    frames: origins of other hosts that frames may show.
    """
    return "; ".join(_RULES).format(scripts=scripts, frames=" ".join(frames)).replace(" ;", ";")


def alone(known: str, hashes: Iterable[str]) -> str:
    """Return the policy of a page that loads no files, given its policy as one that does, and its scripts' hashes."""
    inline = _INLINE.findall(known.partition("script-src")[2].partition(";")[0])
    frames = _FRAMES.findall(known.partition("frame-src")[2].partition(";")[0])
    allowed = inline if "'unsafe-inline'" in inline else [*hashes, *inline]
    rules = policy(" ".join(dict.fromkeys(allowed)), frames).replace(" 'self'", "")
    return rules.replace("frame-src", "frame-src 'self'")  # the speaker's window shows the page itself


def popup_hashes(plugin: str) -> str:
    """Return CSP hashes of the inline scripts in the window that reveal.js' notes plugin opens.

    plugin: the text of `plugin/notes.js`, which contains that window's HTML in a template literal.
    """
    page = _TEMPLATE.search(plugin)
    return " ".join(hash_of(script) for script in _SCRIPT.findall(_ESCAPE.sub(_unescaped, page[1]) if page else ""))


def hash_of(script: str) -> str:
    """Return the CSP source expression for an inline script with this text."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _LETTERS.get(escape[3], escape[3])
