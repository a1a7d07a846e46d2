"""`@import "path" {attributes}`: a literal table from a file's suffix to what stands in the import's place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from html import escape
from posixpath import splitext
from urllib.parse import quote

from kejian.diagnostics import warning
from kejian.folder import Folder, Unreadable, is_remote
from kejian.reading.import_code import TEXTS, code
from kejian.reading.splice import Import, Imported, Kind, braced, fenced, lines_of, problem, refused

__all__ = ["KINDS", "PICTURES", "TEXTS", "Import", "Imported", "load", "problem"]


def load(request: Import, folder: Folder) -> Imported:
    """What the import stands for. A file that cannot be read is a warning and a box with the path as written."""
    if request.target.upper() == "[TOC]":
        return Imported(("[TOC]" + braced(request.attributes),))
    if is_remote(request.target):
        return refused(request, "import-remote", "a build never opens the network", "download it into the course")
    try:
        return _kind(request)(request, folder)
    except Unreadable as e:
        return refused(request, "import-unreadable", str(e), e.hint)


def _kind(request: Import) -> Kind:
    suffix = splitext(request.path)[1].lower().lstrip(".")
    known = KINDS.get(suffix, code)
    forced = request.attributes.get("code_block", None or "")
    if forced is True and known in (_markdown, _html, _csv, _diagram, _head):
        return code
    if forced is False and known is code:
        return _markdown
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
    return Imported(tuple(lines), request.path, first, nested=True)


def _section(lines: list[str], heading: str) -> tuple[int, int]:
    """The lines of the section under the heading whose text or slug is `heading`."""
    start, level = -1, 7
    for i, line in enumerate(lines):
        mark = re.match(r"(#{1,6})\s+(.*?)\s*#*$", line)
        if mark and start >= 0 and len(mark[1]) <= level:
            return start, i
        if mark and start < 0 and heading.lower() in (mark[2].lower(), mark[2].lower().replace(" ", "-")):
            start, level = i, len(mark[1])
    if start < 0:
        raise Unreadable(f"there is no heading {heading}", "write the heading's text after the #")
    return start, len(lines)


def _diagram(request: Import, folder: Folder) -> Imported:
    lines, first = lines_of(request, folder)
    suffix = splitext(request.path)[1].lower().lstrip(".")
    kept = request.attributes.without("line_begin", "line_end", "code_block", "as")
    return Imported(fenced(lines, _DIAGRAMS[suffix], kept), request.path, first - 1)


def _csv(request: Import, folder: Folder) -> Imported:
    lines, first = lines_of(request, folder)
    try:
        rows = list(csv.reader(io.StringIO("\n".join(lines)), strict=True))
    except csv.Error as e:
        raise Unreadable(f"this is not CSV: {e}", "double each quote inside a quoted cell") from None
    if not rows:
        return Imported()
    width = max(len(row) for row in rows)
    cells = [[c.replace("|", "\\|").replace("\n", "<br>").strip() or " " for c in row] for row in rows]
    piped = ["| " + " | ".join(row + [" "] * (width - len(row))) + " |" for row in cells]
    return Imported(("", piped[0], "|" + " --- |" * width, *piped[1:], ""), request.path, first - 2)


def _html(request: Import, folder: Folder) -> Imported:
    lines, first = lines_of(request, folder)
    return Imported(("<div>", *lines, "</div>", ""), request.path, first - 1, verbatim=True)


def _picture(request: Import, folder: Folder) -> Imported:  # noqa: ARG001 -- a missing picture is found where every picture is looked up
    kept = request.attributes.without("src")
    return Imported((f'<p><img src="{escape(request.target)}"{kept.html()}></p>', ""))


def _media(request: Import, folder: Folder) -> Imported:  # noqa: ARG001 -- as for pictures
    tag = "audio" if request.path.lower().endswith(("mp3", "wav", "ogg")) else "video"
    kept = request.attributes.without("src")
    return Imported((f'<p><{tag} controls src="{escape(request.target)}"{kept.html()}></{tag}></p>', ""))


def _head(request: Import, folder: Folder) -> Imported:
    """A style or a script: it goes to the page's head. A missing one costs a warning, not a box."""
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
    link = f"[{request.target.rpartition('/')[2]}](<{quote(request.target, safe='/%')}>)"
    return Imported((link,), diagnostics=(found,))


def _less(request: Import, folder: Folder) -> Imported:  # noqa: ARG001 -- the file is not read
    message = f'@import "{request.target}": LESS is not compiled'
    return Imported(diagnostics=(warning("import-less", request.span, message, "import the compiled CSS"),))


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
PICTURES = frozenset(suffix for suffix, kind in KINDS.items() if kind is _picture)
