"""What the cursor stands on: a file, a definition of the examples package, a label, a work, a macro."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from kejian.editor.course import EditedCourse
from kejian.editor.imports import WrittenImport, calls_in, import_in
from kejian.editor.text import TextRange, found
from kejian.examples.keys.package import Package, Symbol
from kejian.parse.cited import bibliography
from kejian.parse.labels import kinds
from kejian.parse.markdown.citations import KEY

NameKind = Literal["file", "symbol", "region", "label", "work", "macro", "icon"]
LABELS = re.compile(rf"@({kinds.NAME})|\\(?:eq)?ref\s*\{{([^{{}}]*)\}}|\\label\s*\{{([^{{}}]*)\}}|#({kinds.NAME})")
"""A label where it is defined or referred to."""
_WORK = re.compile(rf"(?<![\w.+/-])@({KEY})")
_ICON = re.compile(r":fa-([a-z0-9-]+):")
_DEFINED = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)|^(\w+)\s*(?::[^=]*)?=(?!=)")


class NameAt(NamedTuple):
    """A name in a file. path: the course path of the file that it is about, for a file, a symbol and a region."""

    kind: NameKind
    name: str
    place: TextRange
    path: str = ""


def name_at(course: EditedCourse, path: str, line: int, column: int) -> NameAt | None:
    """Return what stands at a place of a file of the course; `None` for a word that means nothing of its own."""
    lines = course.lines(path)
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    names = _in_python(path, line, text) if path.endswith(".py") else _in_markdown(course, path, line, text)
    return next((one for one in names if one.place.holds(line, column)), None)


def _in_python(path: str, line: int, text: str) -> Iterator[NameAt]:
    if defined := _DEFINED.match(text):
        group = 1 if defined[1] else 2
        yield NameAt("symbol", defined[group], TextRange(path, line, *defined.span(group)), path)


def _in_markdown(course: EditedCourse, path: str, line: int, text: str) -> Iterator[NameAt]:
    if written := import_in(path, line, text, course.settings.mpe):
        yield from _in_import(written, text)
        return
    package = None
    for call in calls_in(path, line, text):
        package = package or course.package()
        symbol = package.find(call.name)
        yield NameAt("symbol", symbol.name.rpartition(".")[2] if symbol else call.name, call.place, _file(symbol))
    for label in LABELS.finditer(text):
        group = label.lastindex or 1
        yield NameAt("label", label[group].strip(), TextRange(path, line, *label.span(group)))
    yield from (NameAt("icon", name, place) for place, name in found(_ICON, path, line, text))
    if "@" in text and works(course, path):
        yield from (NameAt("work", name, place) for place, name in found(_WORK, path, line, text))
    yield from _macro(course, path, line, text)


def _file(symbol: Symbol | None) -> str:
    return symbol.path if symbol else ""


def _in_import(written: WrittenImport, text: str) -> Iterator[NameAt]:
    symbol, region = written.attributes.text("symbol"), written.attributes.text("region")
    yield NameAt("file", written.path, written.written, written.path)
    if region and (place := written.value("region", text)):
        yield NameAt("region", region, place, written.path)
    if symbol:
        yield NameAt("symbol", symbol, written.value("symbol", text) or written.place, written.path)
        yield NameAt("symbol", symbol, written.place, written.path)
    yield NameAt("file", written.path, written.place, written.path)


def _macro(course: EditedCourse, path: str, line: int, text: str) -> Iterator[NameAt]:
    around = course.around
    if around is None:
        return
    word = text.strip().partition(" ")[0]
    names = [word] if word in around.macros.at_start else [name for name in around.macros.anywhere if name in text]
    for name in names:
        at = text.index(name)
        yield NameAt("macro", name, TextRange(path, line, at, at + len(name)))


def works(course: EditedCourse, path: str) -> str:
    """Return the course path of the bibliography of a deck, "" for none."""
    deck = course.deck(path)
    return bibliography(deck.front, path, course.settings) if deck else ""


def definition(package: Package, at: NameAt) -> Symbol | None:
    """Return the definition of the examples package that a symbol names."""
    return package.find(at.path, at.name) if at.path else package.find(at.name)
