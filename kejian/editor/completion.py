"""What can be typed at the cursor, from the course's own files, examples, labels and tables."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kejian.core.diagnostics import Span
from kejian.core.disk.files import FileAccessError
from kejian.core.paths import UNSEEN
from kejian.editor import attribute_words, symbols
from kejian.editor.course import EditedCourse
from kejian.editor.cursor import Cursor, WordKind, cursor
from kejian.editor.names import works
from kejian.editor.text import TextRange
from kejian.examples.keys.package import is_example
from kejian.makers import icons
from kejian.parse import cited
from kejian.parse.labels import kinds
from kejian.parse.lines.variables import variables
from kejian.parse.markdown import callouts, emojis
from kejian.parse.quote import regions

CandidateKind = Literal["file", "folder", "function", "class", "value", "attribute", "label", "work", "macro", "sign"]
MOST = 500
"""Candidates of one answer; a client asks again when more is typed."""
_CONTAINERS = ("incremental", "nonincremental", "notes", "columns", "solution", "only", "except", *kinds.THEOREMS)
_QUOTED = ("symbol", "region", "class", "id", "edition", "output", "normalise", "alt", "raises", "highlight", "elide")
"""Attributes whose values usually stand in quotes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A word that may be typed at `place`. new: what is written there; detail: a few words about it.

    order: of two candidates the one with the smaller comes first. more: another word is completed behind it.
    """

    label: str
    kind: CandidateKind
    place: TextRange
    new: str
    detail: str = ""
    order: int = 5
    more: bool = False


Words = Iterator[tuple[str, CandidateKind, str]]
"""Words with their kinds and details."""


def candidates(course: EditedCourse, path: str, line: int, column: int) -> list[Candidate]:
    """Return what can be typed at a place of a Markdown file of the course."""
    at = cursor(course.lines(path), line, column)
    if at is None:
        return []
    place = TextRange(path, line, at.start, column)
    found = []
    for word, kind, detail in _SOURCES[at.kind](course, path, at):
        if at.word.lower() in word.lower():
            found.append(_candidate(word, kind, detail, place, at))
            if len(found) >= MOST:
                break
    return found


def _candidate(word: str, kind: CandidateKind, detail: str, place: TextRange, at: Cursor) -> Candidate:
    new, more = word, kind == "folder"
    if at.kind == "name":
        flag = attribute_words.is_switch(word)
        new = word if flag and word not in ("cmd", "vertical") else f"{word}=true" if flag else f"{word}="
        new, more = (f'{word}="', True) if word in _QUOTED else (new, new.endswith("="))
    first = 0 if word.startswith(at.word) else 1
    order = first * 10 + (3 if detail.startswith("!") else 0)
    return Candidate(label=word, kind=kind, place=place, new=new, detail=detail.lstrip("!"), order=order, more=more)


def _paths(course: EditedCourse, path: str, at: Cursor) -> Words:
    """Yield the entries of the folder that is typed so far, then the modules of the examples package."""
    typed = at.word.rpartition("/")[0]
    base = posixpath.normpath(posixpath.join(posixpath.dirname(path), typed))
    try:
        entries = sorted(course.folder.real(base).iterdir(), key=lambda one: (one.is_dir(), one.name))
    except (FileAccessError, OSError):
        entries = []
    head = f"{typed}/" if typed else ""
    for entry in entries:
        if not entry.name.startswith(".") and entry.name not in UNSEEN:
            folder = entry.is_dir()
            yield f"{head}{entry.name}{'/' * folder}", "folder" if folder else "file", ""
    for module in course.package().paths if at.kind == "path" and not typed.strip("./") else ():
        yield posixpath.relpath(module, posixpath.dirname(path) or "."), "file", "examples"


def _attribute_names(_: EditedCourse, __: str, at: Cursor) -> Words:
    return ((name, "attribute", "") for name in attribute_words.names(at.braces, at.target, at.attributes))


def _attribute_values(course: EditedCourse, path: str, at: Cursor) -> Words:
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), at.target.partition("#")[0]))
    if at.attribute == "symbol":
        yield from _symbols(course, target)
    elif at.attribute == "region":
        yield from ((name, "value", f"line {line}") for name, line in regions.starts(course.lines(target)).items())
    elif at.attribute == "class":
        yield from _classes(course, path, at)
    elif at.attribute == "id":
        yield from ((f"{kind}-", "label", "") for kind in kinds.KINDS)
    yield from ((value, "value", "") for value in attribute_words.values(at.attribute, course.settings))


def _symbols(course: EditedCourse, path: str) -> Words:
    """Yield the definitions of a Python file: examples, then others, then those within others."""
    examples = {one.name.rpartition(".")[2] for one in course.package().examples() if one.path == path}
    for name, line, about in symbols.defined(course.text(path)):
        known = name in examples
        kind: CandidateKind = "function" if known else "class" if name[:1].isupper() else "value"
        yield name, kind, ("" if known else "!") + (about or f"line {line}")


def _classes(_: EditedCourse, __: str, at: Cursor) -> Words:
    return ((name, "value", "") for name in attribute_words.classes(at.braces))


def _calls(course: EditedCourse, _: str, __: Cursor) -> Words:
    """Yield the functions of the examples package that can be called without arguments, then the others."""
    for symbol in course.package().symbols():
        if symbol.kind == "function" and not symbol.name.rpartition(".")[2].startswith("_"):
            yield f"{symbol.name}()", "function", ("" if is_example(symbol) else "!with arguments, ") + symbol.path


def _macros(course: EditedCourse, _: str, __: Cursor) -> Words:
    around = course.around
    for macro in (*around.macros.at_start.values(), *around.macros.anywhere.values()) if around else ():
        fields = " ".join(macro.fields) + ("…" if macro.rest else "")
        yield macro.name, "macro", fields or "a text macro"


def _tex(course: EditedCourse, _: str, __: Cursor) -> Words:
    opened = course.opened()
    for name, macro in sorted(opened.context.tex.items()) if opened else ():
        yield name, "macro", macro if isinstance(macro, str) else macro[0]


def _labels(course: EditedCourse, path: str, at: Cursor) -> Words:
    deck = course.deck(path)
    for label in deck.labels if deck else ():
        if at.kind == "label" or kinds.kind(label.name):
            yield label.name, "label", f"{label.kind}, {label.span.path}:{label.span.line}"


def _references(course: EditedCourse, path: str, at: Cursor) -> Words:
    yield from _labels(course, path, at)
    file = works(course, path)
    library = cited.library(course.folder, file, Span(file)).works if file else {}
    for key, source in library.items():
        yield key, "work", symbols.title(source)


def _icons(course: EditedCourse, _: str, __: Cursor) -> Words:
    opened = course.opened()
    return ((f"{name}:", "sign", "") for name in (icons.known(opened.context.tools) if opened else ()))


def _emojis(_: EditedCourse, __: str, ___: Cursor) -> Words:
    return ((f"{name}:", "sign", character) for name, character in emojis.names().items())


def _variables(course: EditedCourse, path: str, __: Cursor) -> Words:
    deck = course.deck(path)
    known: Mapping[str, str] = variables(deck.front, course.settings.variables).values if deck else {}
    return ((f"{name}}}}}", "value", value) for name, value in known.items())


def _containers(_: EditedCourse, __: str, ___: Cursor) -> Words:
    return ((name, "value", "") for name in (*_CONTAINERS, *callouts.KINDS))


_SOURCES: Mapping[WordKind, Callable[[EditedCourse, str, Cursor], Words]] = {
    "path": _paths,
    "link": _paths,
    "name": _attribute_names,
    "value": _attribute_values,
    "class": _classes,
    "call": _calls,
    "macro": _macros,
    "tex": _tex,
    "label": _labels,
    "reference": _references,
    "cited": _references,
    "icon": _icons,
    "emoji": _emojis,
    "variable": _variables,
    "container": _containers,
}
