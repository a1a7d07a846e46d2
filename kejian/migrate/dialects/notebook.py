"""Jupyter notebooks: cells in order, slides by their slide types, code with what it has shown pasted below."""

from __future__ import annotations

import posixpath
import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator, Sequence

import msgspec

from kejian.migrate.dialects.slides import ForeignSlide, Remarks, Translated, deck
from kejian.parse.lines.frontmatter import FrontMatter

_Text = str | list[str]
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_HEADING = re.compile(r"#{1,2}\s")
_PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
_FENCE = "```"


class _Output(msgspec.Struct):
    output_type: str
    text: _Text = ""
    data: dict[str, object] = {}
    traceback: list[str] = []


class _Cell(msgspec.Struct):
    cell_type: str
    source: _Text = ""
    outputs: list[_Output] = []
    metadata: dict[str, object] = {}


class _Notebook(msgspec.Struct):
    cells: list[_Cell]
    metadata: dict[str, object] = {}


def notebook(front: FrontMatter, lines: Sequence[str], path: str) -> Translated:  # noqa: ARG001 -- a notebook has no front matter
    """Rewrite a notebook; its pictures become files beside the deck. Raises `ValueError` if it is none."""
    try:
        read = msgspec.json.decode("\n".join(lines), type=_Notebook)
    except msgspec.DecodeError as e:
        raise ValueError(f"this is not a notebook of format 4: {e}") from None
    writing = _Writing(path, Remarks(path, "Jupyter"))
    typed = any(_slide_type(cell) for cell in read.cells)
    for number, cell in enumerate(read.cells, 1):
        writing.cell(number, cell, typed=typed)
    found = [slide for slide in writing.slides if not slide.is_empty]
    return Translated(deck({}, found), tuple(writing.remarks.found), writing.files)


def _slide_type(cell: _Cell) -> str:
    shown = cell.metadata.get("slideshow")
    kind = shown.get("slide_type") if isinstance(shown, dict) else ""
    return str(kind) if kind and kind != "-" else ""


class _Writing:
    """The slides of a notebook so far, and the pictures on them."""

    def __init__(self, path: str, remarks: Remarks) -> None:
        self.path, self.remarks = path, remarks
        self.slides = [ForeignSlide()]
        self.files: dict[str, bytes] = {}

    def cell(self, number: int, cell: _Cell, *, typed: bool) -> None:
        """Add a cell. typed: slides begin where cells say so, else at headings."""
        kind, source = _slide_type(cell), _text(cell.source)
        first = not typed and cell.cell_type == "markdown" and _HEADING.match(source) is not None
        if kind in ("slide", "subslide") or first:
            self.slides.append(ForeignSlide(attributes={"vertical": "true"} if kind == "subslide" else {}))
        if kind == "skip":
            self.remarks.add(1, "a cell that slides skip", "copy it from the notebook if it is wanted")
            return
        if kind == "notes":
            self.slides[-1].notes += source.split("\n")
            return
        body = source.split("\n") if cell.cell_type != "code" else list(self._code(number, cell, source))
        if cell.cell_type == "raw":
            self.remarks.add(1, "a raw cell", "write Markdown or HTML in its place")
            return
        wrapped = ["::: {.fragment}", "", *body, "", ":::"] if kind == "fragment" else body
        self.slides[-1].lines += [(1, line) for line in ("", *wrapped, "")]

    def _code(self, number: int, cell: _Cell, source: str) -> Iterator[str]:
        if not source.strip():
            return
        if source.startswith(("%%", "!")) or re.search(r"^\s*[%!]", source, re.MULTILINE):
            self.remarks.add(1, "a magic command", "write what it does in Python")
        yield from (f"{_FENCE}python", *source.split("\n"), _FENCE, "")
        for at, output in enumerate(cell.outputs, 1):
            yield from self._output(f"{number}-{at}", output)

    def _output(self, name: str, output: _Output) -> Iterator[str]:
        if output.output_type == "error":
            yield from (_FENCE, *_ESCAPES.sub("", "\n".join(output.traceback[-1:])).split("\n"), _FENCE, "")
            return
        for kind, ending in _PICTURES.items():
            if kind in output.data:
                yield from (self._picture(f"{name}.{ending}", _text(output.data[kind])), "")
                return
        for kind in ("text/markdown", "text/latex"):
            if kind in output.data:
                yield from (*_text(output.data[kind]).split("\n"), "")
                return
        text = _text(output.text) or _text(output.data.get("text/plain", ""))
        if text.strip():
            yield from (_FENCE, *_ESCAPES.sub("", text).rstrip("\n").split("\n"), _FENCE, "")

    def _picture(self, name: str, content: str) -> str:
        folder = f"{posixpath.splitext(posixpath.basename(self.path))[0]}-pictures"
        try:
            data = content.encode() if name.endswith(".svg") else b64decode("".join(content.split()), validate=True)
        except (Error, ValueError):
            self.remarks.add(1, f"the picture {name}, which is damaged", "run the notebook again")
            return ""
        self.files[posixpath.join(posixpath.dirname(self.path), folder, name)] = data
        return f"![](./{folder}/{name})"


def _text(value: object) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value)
