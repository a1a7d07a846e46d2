"""Where a name comes from: the file, the line of Python, the label, the entry of the bibliography, the template."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kejian.core import templates
from kejian.editor import symbols
from kejian.editor.course import EditedCourse
from kejian.editor.labels import decks_with, place_of
from kejian.editor.names import NameAt, NameKind, name_at, works
from kejian.editor.names import definition as definition_of
from kejian.editor.text import TextRange
from kejian.parse.quote import regions


class FilePlace(NamedTuple):
    """A line of a file, which may be one of the generator's own."""

    file: Path
    line: int
    start: int = 0
    end: int = 0


def definition(course: EditedCourse, path: str, line: int, column: int) -> list[FilePlace]:
    """Return where what stands at a place is defined."""
    at = name_at(course, path, line, column)
    return [*_places(course, path, at)] if at else []


def _places(course: EditedCourse, path: str, at: NameAt) -> Iterator[FilePlace]:
    if at.kind == "macro":
        yield from of_macro(course, at.name)
        return
    found = _FOUND[at.kind](course, path, at) if at.kind in _FOUND else ()
    yield from (FilePlace(course.root / one.path, one.line, one.start, one.end) for one in found)


def of_file(course: EditedCourse, at: NameAt) -> Iterator[TextRange]:
    """Yield the first line of a file of the course."""
    if course.folder.has(at.path):
        yield TextRange(at.path, 1, 0, 0)


def of_symbol(course: EditedCourse, at: NameAt) -> Iterator[TextRange]:
    """Yield where a Python file of the course defines a name, or the file that it takes the name from."""
    path, line = at.path, symbols.line_of(course.text(at.path), at.name) if at.path else 0
    if not line and (symbol := definition_of(course.package(), at)):
        path, line = symbol.path, symbol.line
    if line:
        yield in_line(course, path, line, at.name.rpartition(".")[2])


def of_region(course: EditedCourse, at: NameAt) -> Iterator[TextRange]:
    """Yield where a region starts."""
    line = regions.starts(course.lines(at.path)).get(at.name, 0)
    if line:
        yield in_line(course, at.path, line, at.name)


def of_label(course: EditedCourse, path: str, name: str) -> Iterator[TextRange]:
    """Yield where a label that the file `path` may refer to is defined: in its own deck, or else in another."""
    own = [place for deck in decks_with(course, path) if (place := place_of(course, deck, name))]
    places = own or [place for deck in course.decks() if (place := place_of(course, deck, name))]
    yield from dict.fromkeys(places)


def of_work(course: EditedCourse, path: str, key: str) -> Iterator[TextRange]:
    """Yield the entry of a work in the bibliography of a deck."""
    file = works(course, path)
    entry = re.compile(rf"^[ \t]*@\w+\s*[{{(]\s*({re.escape(key)})\s*,|\"id\"\s*:\s*\"({re.escape(key)})\"")
    for number, line in enumerate(course.lines(file) if file else (), 1):
        if found := entry.search(line):
            yield TextRange(file, number, *found.span(found.lastindex or 0))


def of_macro(course: EditedCourse, name: str) -> Iterator[FilePlace]:
    """Yield the template of a text macro: the course's own, or the generator's."""
    usage = re.compile(rf"\s*\{{#-?\s*{re.escape(name)}(?![^\s#])")
    for folder in (course.root / "templates", templates.folder()):
        for file in sorted((folder / "macros").glob("*.html")):
            if usage.match(file.read_text("utf-8", "replace")):
                yield FilePlace(file, 1)
                return


def in_line(course: EditedCourse, path: str, line: int, name: str) -> TextRange:
    """Return the place of a name in a line; of the whole line if it is not there."""
    lines = course.lines(path)
    text = lines[line - 1] if line <= len(lines) else ""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    return TextRange(path, line, *(found.span() if found else (0, len(text))))


_FOUND: Mapping[NameKind, Callable[[EditedCourse, str, NameAt], Iterator[TextRange]]] = {
    "file": lambda course, _, at: of_file(course, at),
    "symbol": lambda course, _, at: of_symbol(course, at),
    "region": lambda course, _, at: of_region(course, at),
    "label": lambda course, path, at: of_label(course, path, at.name),
    "work": lambda course, path, at: of_work(course, path, at.name),
}
