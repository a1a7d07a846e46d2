"""`@import "path" {attributes}`: a table from file suffixes to what replaces the import."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from posixpath import splitext

from kejian.core.addresses import is_remote, quoted, resolve
from kejian.core.diagnostics import warning
from kejian.core.disk.files import FileAccessError, Folder
from kejian.parse.lines import import_qr
from kejian.parse.lines.import_code import TEXTS, code
from kejian.parse.lines.import_result import (
    Import,
    Imported,
    Kind,
    braced,
    fenced,
    lines_of,
    not_utf8,
    problem,
    refused,
)
from kejian.parse.markdown.diagrams import LANGUAGES

__all__ = ["KINDS", "PICTURES", "TEXTS", "Import", "Imported", "load", "problem"]


def load(request: Import, folder: Folder) -> Imported:
    """Return what replaces an import; for an unreadable file, a box with the path and a warning."""
    if request.target.upper() == "[TOC]":
        return Imported(lines=("[TOC]" + braced(request.attributes),))
    if import_qr.asked(request):
        return import_qr.qr(request)
    if is_remote(request.target):
        hint = "download it into the course, or write {as=qr} for a QR code of the address"
        return refused(request, "import-remote", "a build never opens the network", hint)
    kind = _kind(request)
    try:
        found = kind(request, folder)
        encoding = folder.any_text(request.path)[1] if kind in _TEXTS else ""
    except FileAccessError as e:
        return refused(request, "import-unreadable", str(e), _sharp(request, folder) or e.hint)
    if not encoding:
        return found
    return replace(found, diagnostics=(*found.diagnostics, not_utf8(request.span, request.path, encoding)))


def _sharp(request: Import, folder: Folder) -> str:
    """Return a hint if a `#` in a file's name was parsed as the beginning of a heading."""
    whole = request.target.replace("#", "%23")
    there = "#" in request.target and folder.has(resolve(request.base, whole))
    return f'`#` begins a heading of the file: write @import "{whole}"' if there else ""


def _kind(request: Import) -> Kind:
    suffix = splitext(request.path)[1].lower().lstrip(".")
    known = KINDS.get(suffix, code)
    forced = request.attributes.get("code_block", None or "")
    if forced is True and known in (_markdown, _html, _csv, _diagram, _head):
        return code
    if forced is False and known is code:
        return _markdown
    if known is code and forced is not True and request.attributes.text("as").lower() in LANGUAGES:
        return _diagram
    return known


def _markdown(request: Import, folder: Folder) -> Imported:
    lines, first = lines_of(request, folder)
    if first == 1 and lines and lines[0].startswith("---"):
        close = next((i for i, line in enumerate(lines[1:], 1) if line.startswith("---")), -1)
        lines, first = lines[close + 1 :], first + close + 1
    heading = request.target.partition("#")[2]
    if heading:
        start, end = _section(lines, heading)
        lines, first = lines[start:end], first + start
    return Imported(lines=tuple(lines), path=request.path, first=first, nested=True)


def _section(lines: list[str], heading: str) -> tuple[int, int]:
    """Return the first and last line of the section under the heading whose text or slug is `heading`."""
    start, level = -1, 7
    for i, line in enumerate(lines):
        mark = re.match(r"(#{1,6})(?!#)\s*(.*?)\s*#*$", line)
        if mark and start >= 0 and len(mark[1]) <= level:
            return start, i
        if mark and start < 0 and heading.lower() in (mark[2].lower(), mark[2].lower().replace(" ", "-")):
            start, level = i, len(mark[1])
    if start < 0:
        raise FileAccessError(f"there is no heading {heading}", "write the heading's text after the #")
    return start, len(lines)


def _diagram(request: Import, folder: Folder) -> Imported:
    lines, first = lines_of(request, folder)
    suffix = splitext(request.path)[1].lower().lstrip(".")
    kept = request.attributes.without("line_begin", "line_end", "code_block", "as")
    language = _DIAGRAMS.get(suffix) or request.attributes.text("as").lower()
    return Imported(lines=fenced(lines, language, kept), path=request.path, first=first - 1)


def _csv(request: Import, folder: Folder) -> Imported:
    lines, first = lines_of(request, folder)
    try:
        rows = list(csv.reader(io.StringIO("\n".join(lines)), strict=True))
    except csv.Error as e:
        raise FileAccessError(f"this is not CSV: {e}", "double each quote inside a quoted cell") from None
    if not rows:
        return Imported()
    width = max(len(row) for row in rows)
    piped = ["| " + " | ".join(map(_cell, row + [""] * (width - len(row)))) + " |" for row in rows]
    return Imported(lines=("", piped[0], "|" + " --- |" * width, *piped[1:], ""), path=request.path, first=first - 2)


def _cell(text: str) -> str:
    """Escape a cell of data, so that none is merged with another."""
    text = text.replace("|", "\\|").replace("\n", "<br>").strip()
    return _NOT_MERGED.get(text, text)


def _html(request: Import, folder: Folder) -> Imported:
    lines, first = lines_of(request, folder)
    return Imported(lines=("<div>", *lines, "</div>", ""), path=request.path, first=first - 1, verbatim=True)


def _picture(request: Import, folder: Folder) -> Imported:  # noqa: ARG001 -- a missing picture is found where every picture is looked up
    kept = request.attributes.without("src")
    return Imported(lines=(f'<p><img src="{escape(request.target)}"{kept.html()}></p>', ""))


def _media(request: Import, folder: Folder) -> Imported:  # noqa: ARG001 -- as for pictures
    tag = "audio" if request.path.lower().endswith(("mp3", "wav", "ogg")) else "video"
    kept = request.attributes.without("src")
    return Imported(lines=(f'<p><{tag} controls src="{escape(request.target)}"{kept.html()}></{tag}></p>', ""))


def _head(request: Import, folder: Folder) -> Imported:
    """Return a style or a script for the page's head. A missing one is a warning without a box."""
    kind = "style" if request.path.lower().endswith("css") else "script"
    if not folder.has(request.path):
        message = f'@import "{request.target}": there is no such file'
        hint = "remove the line if the deck needs no such file; the theme brings its own colours, margins and icons"
        return Imported(diagnostics=(warning(f"{kind}-missing", request.span, message, hint),))
    return Imported(style=request.path) if kind == "style" else Imported(script=request.path)


def _pdf(request: Import, folder: Folder) -> Imported:  # noqa: ARG001 -- as for pictures
    found = warning(
        "import-pdf",
        request.span,
        f'@import "{request.target}": the pages of a PDF are not drawn; the slide links to the file',
        "convert the pages to SVG or PNG and import those",
    )
    link = f"[{request.target.rpartition('/')[2]}](<{quoted(request.target).replace('%25', '%')}>)"
    return Imported(lines=(link,), diagnostics=(found,))


def _less(request: Import, folder: Folder) -> Imported:  # noqa: ARG001 -- the file is not read
    message = f'@import "{request.target}": LESS is not compiled'
    return Imported(diagnostics=(warning("import-less", request.span, message, "import the compiled CSS"),))


_REMOTE = "download it into the course; {as=qr} behind it draws the code of an address to scan"
_NOT_MERGED: Mapping[str, str] = {"": "<!---->", "^": "\\^", ">": "\\>"}
_DIAGRAMS: Mapping[str, str] = {
    "dot": "dot",
    "gv": "dot",
    "viz": "dot",
    "mermaid": "mermaid",
    "puml": "puml",
    "plantuml": "puml",
}
KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("md", "markdown", "mdown", "mkd"), _markdown),
    **dict.fromkeys(("apng", "avif", "gif", "jpeg", "jpg", "png", "svg", "bmp", "webp"), _picture),
    **dict.fromkeys(("mp4", "webm", "mp3", "wav", "ogg"), _media),
    **dict.fromkeys(_DIAGRAMS, _diagram),
    **dict.fromkeys(("html", "htm"), _html),
    "csv": _csv,
    "css": _head,
    "less": _less,
    "js": _head,
    "pdf": _pdf,
}
_TEXTS = (_markdown, _html, _csv, _diagram)
PICTURES = frozenset(suffix for suffix, kind in KINDS.items() if kind is _picture)
