"""`@import "path" {attributes}`: a literal table from a file's suffix to what stands in the import's place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from posixpath import splitext
from urllib.parse import quote

from kejian.attributes import Attributes, printed
from kejian.diagnostics import Diagnostic, Span, warning
from kejian.folder import Folder, Unreadable, is_remote, resolve


@dataclass(frozen=True, slots=True)
class Import:
    """A request to import `target` (as written) from the file `base`, standing at `span`."""

    target: str
    attributes: Attributes
    base: str
    span: Span

    @property
    def path(self) -> str:
        """The course path that the target means, without a `#heading`."""
        return resolve(self.base, self.target.partition("#")[0])


@dataclass(frozen=True, slots=True)
class Imported:
    """What replaces an import: lines, and where they come from; or a file for the page's head.

    nested: the lines are Markdown of `path` and are scanned for marks and imports of their own.
    first: the 1-based line of `path` that the first line is; 0 when the lines stand in no file.
    problem: a message for a box in the import's place.
    """

    lines: tuple[str, ...] = ()
    path: str = ""
    first: int = 0
    nested: bool = False
    style: str = ""
    script: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


Kind = Callable[[Import, Folder], Imported]


def load(request: Import, folder: Folder) -> Imported:
    """What the import stands for. A file that cannot be read is a warning and a box with the path as written."""
    if request.target.upper() == "[TOC]":
        return Imported(("[TOC]" + _braced(request.attributes),))
    if is_remote(request.target):
        return _refused(request, "import-remote", "a build never opens the network", "download it into the course")
    try:
        return _kind(request)(request, folder)
    except Unreadable as e:
        return _refused(request, "import-unreadable", str(e), e.hint)


def _kind(request: Import) -> Kind:
    suffix = splitext(request.path)[1].lower().lstrip(".")
    known = KINDS.get(suffix, _code)
    forced = request.attributes.get("code_block", None or "")
    if forced is True and known in (_markdown, _html, _csv, _diagram, _head):
        return _code
    if forced is False and known is _code:
        return _markdown
    return known


def _refused(request: Import, code: str, why: str, hint: str) -> Imported:
    message = f'@import "{request.target}": {why}'
    return problem(warning(code, request.span, message, hint))


def problem(found: Diagnostic) -> Imported:
    """A visible box for a finding, in the place of what it is about."""
    box = f'<div class="problem" role="note">{escape(found.message)}</div>'
    return Imported(("", box, ""), diagnostics=(found,))


def _braced(attributes: Attributes) -> str:
    words = [f"{key}={_quoted(printed(value))}" for key, value in attributes.items]
    return " {" + " ".join(words) + "}" if words else ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _text(request: Import, folder: Folder) -> tuple[list[str], int]:
    """The lines that `line_begin` (from 0) up to `line_end` (exclusive) leave, and the first one's number."""
    lines = folder.text(request.path).removesuffix("\n").split("\n")
    begin, end = (_number(request.attributes, key) for key in ("line_begin", "line_end"))
    start = slice(begin, end).indices(len(lines))[0]
    return lines[begin:end], start + 1


def _number(attributes: Attributes, key: str) -> int | None:
    value = attributes.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _markdown(request: Import, folder: Folder) -> Imported:
    lines, first = _text(request, folder)
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


def _fenced(lines: list[str], language: str, attributes: Attributes, path: str, first: int) -> Imported:
    """The lines in a fence longer than any inside; one line of the fence comes before the file's first."""
    longest = max((len(s) - len(s.lstrip("~")) for line in lines if (s := line.strip())), default=0)
    fence = "~" * max(3, longest + 1)
    kept = attributes.without("line_begin", "line_end", "code_block", "as")
    opener = f"{fence}{language}{_braced(kept)}"
    return Imported((opener, *lines, fence), path, first - 1)


def _code(request: Import, folder: Folder) -> Imported:
    lines, first = _text(request, folder)
    suffix = splitext(request.path)[1].lower().lstrip(".")
    language = request.attributes.text("as") or _LANGUAGES.get(suffix, suffix) or "text"
    kept = request.attributes
    if language in ("dot", "mermaid"):  # a forced code block shows the source of a diagram
        kept = kept.updated(cmd=False)
    return _fenced(lines, re.sub(r"[^\w+#.-]", "", language), kept, request.path, first)


def _diagram(request: Import, folder: Folder) -> Imported:
    lines, first = _text(request, folder)
    suffix = splitext(request.path)[1].lower().lstrip(".")
    return _fenced(lines, _DIAGRAMS[suffix], request.attributes, request.path, first)


def _csv(request: Import, folder: Folder) -> Imported:
    lines, first = _text(request, folder)
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
    lines, first = _text(request, folder)
    return Imported(("<div>", *lines, "</div>", ""), request.path, first - 1)


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
_LANGUAGES: Mapping[str, str] = {
    "py": "python",
    "js": "javascript",
    "ts": "typescript",
    "vhd": "vhdl",
    "erl": "erlang",
    "gv": "dot",
    "viz": "dot",
    "md": "markdown",
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
TEXTS = frozenset(("txt", "json", "toml", "yaml", "c", "h", "cpp", "java", "go", "rs", "sh", "r", "m", *_LANGUAGES))
PICTURES = frozenset(suffix for suffix, kind in KINDS.items() if kind is _picture)
