"""Files put into a page: as `data:` addresses, in style sheets, and as scripts between tags."""

from __future__ import annotations

import posixpath
import re
from base64 import b64encode
from collections.abc import Callable
from urllib.parse import quote

from kejian.folder import is_remote

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

_PLAIN = "!$'()*+,-./:;=?@[]_~ |^{}"
"""What may stand in an address as it is, besides letters and digits: all but what would end or change it."""

_URL = re.compile(r"""url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'()]*))\s*\)""", re.IGNORECASE)


def is_file(written: str) -> bool:
    """Whether an address names a file of the site."""
    return not (not written or written.startswith("#") or is_remote(written))  # `data:` is remote in this sense


def bare(written: str) -> str:
    """The address without its query and its fragment."""
    return written.partition("#")[0].partition("?")[0]


def address(written: str, data: bytes) -> str:
    """A `data:` address. An SVG stays text in it, which is packed better than Base64, and keeps its file's name at the
    end: the theme puts paper under pictures with `.svg` in their address.
    """
    name = posixpath.basename(bare(written))
    kind = _TYPES.get(posixpath.splitext(name)[1].lstrip(".").lower(), "application/octet-stream")
    if kind == "image/svg+xml":
        return f"data:{kind},{quote(data, safe=_PLAIN)}#{name}"
    return f"data:{kind};base64,{b64encode(data).decode()}"


def sheet(text: str, put: Callable[[str], str]) -> str:
    """A style sheet, or a part of one, in which each address of a file is what `put` makes of it."""

    def carried(found: re.Match[str]) -> str:
        written = found[1] or found[2] or found[3] or ""
        return f'url("{put(written)}")' if is_file(written) else found[0]

    return _URL.sub(carried, text)


def sheet_text(css: str) -> str:
    """A style sheet as it may stand between tags: nothing in it ends its element."""
    return css.replace("</", "<\\/")


def script_text(code: str) -> str:
    """A script as it may stand between tags: nothing in it ends its element, or keeps the next end from ending it.

    Its lines end as a browser reads them, so that their hash is the one that the browser takes.
    """
    code = code.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    code = re.sub(r"</(?=script)", r"<\\/", code, flags=re.IGNORECASE)
    return code.replace("<!--", "<\\!--") if "<script" in code.lower() else code
