"""The imports and the calls that a Markdown file writes, each with the places of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kejian.core.addresses import resolve
from kejian.core.attributes import Attributes, parse
from kejian.core.dialect import DEFAULT, Dialect
from kejian.editor.text import TextRange
from kejian.parse.lines.line_pass import asked
from kejian.parse.lines.verbatim import Blocks

VALUE = re.compile(r"`\{python\} ([^`]*)`")
"""A value in prose: its call, with its format."""
_COMMENT = re.compile(r"<!--\s*(.*?)\s*-->")
_FUNCTION = re.compile(r"\s*([\w.]*)")


class WrittenImport(NamedTuple):
    """An import in the file of `place`. path: the course path of its target. place: of the whole line.

    written: the place of the target; it may have a `#heading` behind it.
    """

    path: str
    attributes: Attributes
    place: TextRange
    written: TextRange

    def value(self, key: str, line: str) -> TextRange | None:
        """Return the place of an attribute's value in the import's line, without its quotes."""
        found = re.search(rf"[\s{{,]{re.escape(key)}=([\"']?)([^\"'\s}}]*)", line)
        return TextRange(self.place.path, self.place.line, found.start(2), found.end(2)) if found else None

    @property
    def module(self) -> str:
        """Return the dotted name of a Python file."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


class WrittenCall(NamedTuple):
    """A value in prose. text: the call with its format. name: of the function; place: of that name."""

    text: str
    name: str
    place: TextRange


def prose(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines, each with its number, that are in no fence and no block of a formula."""
    blocks, at = Blocks(lines), 0
    while at < len(lines):
        end, _ = blocks.verbatim(at)
        if end == at:
            yield at + 1, lines[at]
        at = max(end, at + 1)


def imports(path: str, lines: Sequence[str], dialect: Dialect = DEFAULT) -> Iterator[WrittenImport]:
    """Yield the imports that the Markdown file `path` writes."""
    for number, line in prose(lines):
        if found := import_in(path, number, line, dialect):
            yield found


def import_in(path: str, number: int, line: str, dialect: Dialect = DEFAULT) -> WrittenImport | None:
    """Return the import that a line is."""
    comment = _COMMENT.fullmatch(line.strip()) if line.startswith("<!--") else None
    found = asked(comment[1] if comment else line, dialect)
    if found is None:
        return None
    target, braces = found
    start = max(0, line.find(target))
    whole = TextRange(path, number, 0, len(line))
    written = TextRange(path, number, start, start + len(target))
    return WrittenImport(resolve(path, target.partition("#")[0]), parse(braces), whole, written)


def calls(path: str, lines: Sequence[str]) -> Iterator[WrittenCall]:
    """Yield the values in prose that the Markdown file `path` writes."""
    for number, line in prose(lines):
        yield from calls_in(path, number, line)


def calls_in(path: str, number: int, line: str) -> Iterator[WrittenCall]:
    """Yield the values in prose in a line."""
    for value in VALUE.finditer(line):
        name = _FUNCTION.match(line, value.start(1))
        assert name is not None  # it matches nothing as well
        yield WrittenCall(value[1], name[1], TextRange(path, number, name.start(1), name.end(1)))
