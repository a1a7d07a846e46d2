"""Labels in all decks: where one is defined, what refers to it, and its new name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from kejian.core.model import Deck
from kejian.editor.course import EditedCourse
from kejian.editor.names import LABELS
from kejian.editor.refused import RenameRefusedError
from kejian.editor.text import TextEdit, TextRange
from kejian.parse.html.lookup import page_path
from kejian.parse.labels import kinds
from kejian.parse.lines.verbatim import Blocks

_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_LINK = re.compile(r"\]\(<?([^()\s<>#]+)#([^()\s<>]+)>?\)")
_TEX_NAME = re.compile(r"[^{}\\%#\s]+")


def decks_with(course: EditedCourse, path: str) -> list[Deck]:
    """Return the decks that a Markdown file is, or is imported into."""
    return [deck for deck in course.decks() if deck.path == path or path in course.parts(deck.path)]


def place_of(course: EditedCourse, deck: Deck, name: str) -> TextRange | None:
    """Return where a deck defines a label."""
    label = next((one for one in deck.labels if one.name == name), None)
    if label is None:
        return None
    found = [one for one in _written(course, label.span.path, name) if _defines(course, one)]
    return next((one for one in found if one.line >= label.span.line), found[0] if found else None)


def uses(course: EditedCourse, path: str, name: str) -> list[TextRange]:
    """Return all places of a label that the file `path` mentions: its definition, and what refers to it."""
    decks = _sharing(course, path, name)
    files = dict.fromkeys(file for deck in decks for file in (deck.path, *course.parts(deck.path)))
    found = [place for file in files for place in _written(course, file, name)]
    links = (place for other in course.decks() for place in _links(course, other.path, name, decks))
    return list(dict.fromkeys([*found, *links]))


def renamed(course: EditedCourse, path: str, name: str, new: str) -> list[TextEdit]:
    """Return the edits that give a label another name in all decks. Raises `RenameRefusedError`."""
    decks = _sharing(course, path, name)
    if not decks:
        raise RenameRefusedError(f"nothing in {path} has the label {name}", "rename what exists")
    _check(name, new, decks)
    others = [deck for deck in course.decks() if deck not in decks and name in {one.name for one in deck.labels}]
    places = uses(course, path, name)
    files = {place.path for place in places}
    for deck in others:
        if shared := files.intersection((deck.path, *course.parts(deck.path))):
            why = f"{min(shared)} is a part of {deck.path} too, where {name} means something else"
            raise RenameRefusedError(why, f"give the label in {deck.path} another name first")
    return [TextEdit(place, new) for place in places]


def _check(name: str, new: str, decks: Sequence[Deck]) -> None:
    kind = kinds.kind(name)
    if kind and kinds.kind(new) != kind:
        raise RenameRefusedError(f"{new} cannot be written after @", f"write {kind}- and letters, digits, - . : or _")
    if not _TEX_NAME.fullmatch(new):
        raise RenameRefusedError(f"{new!r} cannot be a label", "write letters, digits, - . : or _")
    for deck in decks:
        if new in {one.name for one in deck.labels}:
            raise RenameRefusedError(f"{deck.path} has a label {new} already", "write another name")


def _sharing(course: EditedCourse, path: str, name: str) -> list[Deck]:
    """Return the decks in which the label that `path` mentions has the same definition, and those that refer to it
    there.
    """
    places = {deck.path: place_of(course, deck, name) for deck in course.decks()}
    known = {place for place in places.values() if place}
    own = {places[deck.path] for deck in decks_with(course, path)} - {None}
    meant = own or (known if len(known) == 1 else set())
    from_elsewhere = len(known) == 1 and meant == known
    return [
        deck
        for deck in course.decks()
        if places[deck.path] in meant or (from_elsewhere and name in {one.name for one in deck.references})
    ]


def _written(course: EditedCourse, path: str, name: str) -> Iterator[TextRange]:
    """Yield where a Markdown file writes a label, outside of code."""
    for number, line in _outside_code(course.lines(path)):
        if name not in line:
            continue
        bare = _CODE.sub(lambda code: " " * len(code[0]), line)
        for found in LABELS.finditer(bare):
            group = found.lastindex or 1
            if found[group].strip() == name:
                start = bare.index(name, found.start(group))
                yield TextRange(path, number, start, start + len(name))


def _outside_code(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    blocks, at = Blocks(lines), 0
    while at < len(lines):
        end, _ = blocks.verbatim(at)
        last = end if lines[at].lstrip().startswith("$$") else at + 1
        yield from ((number + 1, lines[number]) for number in range(at, max(last, at + 1)))
        at = max(end, at + 1)


def _defines(course: EditedCourse, place: TextRange) -> bool:
    before = course.lines(place.path)[place.line - 1][: place.start]
    return before.endswith("#") or bool(re.search(r"\\label\s*\{\s*$", before))


def _links(course: EditedCourse, path: str, name: str, decks: Sequence[Deck]) -> Iterator[TextRange]:
    """Yield where a file links to the label in another deck, `[…](deck.md#fig-loss)`."""
    targets = {target for deck in decks for target in (deck.path, page_path(deck.path))}
    for number, line in _outside_code(course.lines(path)):
        for link in _LINK.finditer(line) if f"#{name}" in line else ():
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link[1]))
            if link[2] == name and target in targets:
                yield TextRange(path, number, *link.span(2))
