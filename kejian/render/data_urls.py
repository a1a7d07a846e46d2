"""Embeds files into a page: as `data:` URLs, as style sheets, and as scripts between tags."""

from __future__ import annotations

import posixpath
import re
from base64 import b64encode
from collections.abc import Callable
from urllib.parse import quote

from kejian.core import css
from kejian.core.addresses import is_remote

_KINDS = (
    ("image", "png jpeg gif webp avif bmp"),
    ("video", "mp4 webm"),
    ("audio", "ogg wav aac flac"),
    ("font", "woff woff2 ttf otf"),
    ("application", "pdf json zip"),
)
_TYPES = {name: f"{kind}/{name}" for kind, names in _KINDS for name in names.split()} | {
    "jpg": "image/jpeg",
    "svg": "image/svg+xml",
    "ico": "image/x-icon",
    "ogv": "video/ogg",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "vtt": "text/vtt",
    "txt": "text/plain",
    "csv": "text/csv",
}
"""Not Python's `mimetypes`, which asks the machine: the same page has the same bytes everywhere."""

_PLAIN = "!$*+,-./:;=?@[]_~ |^{}"
"""What may stand in an address as it is, besides letters and digits: all but what would end or change it, in an
attribute or in a style."""


def is_file(written: str) -> bool:
    """Return whether an address names a file of the site."""
    return not (not written or written.startswith("#") or is_remote(written))  # `data:` is remote in this sense


def bare(written: str) -> str:
    """Return the address without its query and fragment."""
    return written.partition("#")[0].partition("?")[0]


def address(written: str, data: bytes) -> str:
    """Return a `data:` URL. SVG stays text, which compresses better than Base64.

    It ends in its file's name, because the theme puts paper behind pictures whose address contains `.svg`.
    """
    name = posixpath.basename(bare(written))
    kind = _TYPES.get(posixpath.splitext(name)[1].lstrip(".").lower(), "application/octet-stream")
    if kind == "image/svg+xml":
        return f"data:{kind},{quote(data, safe=_PLAIN)}#{name}"
    return f"data:{kind};base64,{b64encode(data).decode()}"


def sheet(text: str, put: Callable[[str], str]) -> str:
    """Return a style sheet with each file's address replaced by `put(address)`.

    An ambiguous sheet is returned unchanged: the page's policy prevents any request.
    """
    try:
        return css.rewritten(text, lambda one: put(one.value) if is_file(one.value) else None)
    except css.AmbiguousCssError:
        return text


def sheet_text(css: str) -> str:
    """Escape a style sheet so that it cannot end its `<style>` element."""
    return css.replace("</", "<\\/")


def script_text(code: str) -> str:
    """Escape a script so that it can neither end its `<script>` element nor prevent the end of it.

    Line ends are normalised as a browser does, so that hashes agree.
    """
    code = code.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    code = re.sub(r"</(?=script)", r"<\\/", code, flags=re.IGNORECASE)
    return code.replace("<!--", "<\\!--") if "<script" in code.lower() else code
