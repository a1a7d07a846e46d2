"""URLs as a browser parses them, and course paths as URLs.

A browser drops blanks and control characters before it looks for a scheme, treats a backslash as a slash, and takes
what follows two slashes for a host. In a page opened from a folder `//host/x` and `/x` are files outside that folder,
and no Content Security Policy prevents a request for them.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote, unquote

_ENDS = "".join(map(chr, range(33)))
_REST = re.compile(r"[?#]")
_DROPPED = re.compile(r"[\t\n\r]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*+:", re.IGNORECASE)
_HOST = re.compile(r"[/\\]{2}")
_PARTS = re.compile(r"[/\\?#]")
_CODED = re.compile(r"%(?:2f|5c|00)", re.IGNORECASE)
_DATA = re.compile(r"data:((?:image|audio|video|font)/[\w.+-]++)((?:;[\w.=+-]++)*+),", re.IGNORECASE)

_SAFE = "/@+=~$&!*"
"""What may stand in a path's address as it is, besides letters and digits: nothing that ends a scheme, an item of a
list, or an address in a style sheet."""

_OF_DATA = "/@+=~$&!*%:;?,"
_RESERVED = ",?#"
"""What JavaScript's `decodeURI` leaves coded, and `encodeURI` then codes once more; or what a list is split at."""


def bare(written: str) -> str:
    """Strip an address as a browser does: no blanks or control characters at its ends, no tabs or newlines inside."""
    return _DROPPED.sub("", written.strip(_ENDS))


def path_of(written: str) -> str:
    """Return an address without its query and fragment."""
    return _REST.split(written, maxsplit=1)[0]


def shown(written: str) -> str:
    """Return an address as people write it, for a message: `%E5%9B%BE.png` is 图.png."""
    try:
        return unquote(written, errors="strict")
    except UnicodeDecodeError:
        return written


def is_remote(target: str) -> bool:
    """Return whether a target has a scheme or a host, as written or after percent-decoding."""
    read = bare(target)
    decoded = bare(unquote(read))
    return bool(_HOST.match(read) or ":" in _PARTS.split(read, maxsplit=1)[0]) or bool(
        decoded != read and (_HOST.match(decoded) or _SCHEME.match(decoded))
    )


def resolve(base: str, target: str) -> str:
    """Resolve `target`, written in the file `base`, to a course path; a leading `/` means the course's root."""
    target = unquote(bare(target)).replace("\\", "/")
    path = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(base), target)
    return posixpath.normpath(path) if path else path


def inside(written: str, base: str) -> str | None:
    """Return the course path of an address that is published exactly as `written` in the file `base`.

    `None` if a browser would, or might, resolve it to something else.
    """
    read = path_of(bare(written))
    if is_remote(read) or read.startswith(("/", "\\")) or _CODED.search(read):
        return None
    decoded = posixpath.join(posixpath.dirname(base), unquote(read).replace("\\", "/"))
    path = posixpath.normpath(decoded) if read else base
    return None if path == ".." or path.startswith(("../", "/")) or "\0" in path else path


def quoted(path: str) -> str:
    """Percent-encode a path for use in a URL, so that it holds no scheme, host or query and no list separator."""
    return quote(path, safe=_SAFE)


def address(path: str, page: str) -> str:
    """Return the relative URL of the site's file `path` as seen from the page `page`."""
    written = quoted(posixpath.relpath(path, posixpath.dirname(page) or "."))
    return f"./{written}" if is_remote(written) else written


def background(path: str, page: str) -> str:
    """Return the URL of a picture for reveal.js' background attributes; empty if no URL can express the path.

    reveal.js takes a comma-separated list, and applies `decodeURI` and then `encodeURI` to each item, so characters
    that those two leave alone are written as they are.
    """
    relative = posixpath.relpath(path, posixpath.dirname(page) or ".")
    if any(mark in relative for mark in _RESERVED):
        return ""
    return ("./" if ":" in relative.partition("/")[0] else "") + quote(relative, safe=f"{_SAFE};:")


def embedded(written: str) -> str:
    """Normalise a `data:` URL of a picture, sound, film or font, so that it is safe in any attribute; otherwise return
    "".
    """
    read = bare(written)
    found = _DATA.match(read)
    return found[0].lower() + quote(read[found.end() :], safe=_OF_DATA) if found else ""
