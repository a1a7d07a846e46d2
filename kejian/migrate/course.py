"""Loads a course written for Markdown Preview Enhanced, with what has to be known before anything is rewritten."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kejian.core import config
from kejian.core.diagnostics import Diagnostic, Span, error
from kejian.core.disk.files import FileAccessError, Folder
from kejian.core.model import Deck
from kejian.core.paths import sizes
from kejian.examples.record.record import RecordFolder
from kejian.migrate import paths
from kejian.migrate.facts import CourseFacts
from kejian.migrate.powerpoint.presentation import ENDING
from kejian.parse import discover
from kejian.parse.deck import ParseContext, load
from kejian.parse.discover import outputs_folder
from kejian.parse.linked import load_linked
from kejian.pipeline.open_course import OpenCourse, open_course

_UP = re.compile(r"[\"'(]((?:\.\./){1,9})")
_SEARCHED = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDecks:
    """A course and those of its decks that were requested.

    texts: the text of each readable deck exactly as on disk, byte order mark and line ends included.
    sources: the decks that a build would take. files: the paths of all its files.
    """

    folder: Folder
    around: ParseContext
    decks: tuple[Deck, ...]
    texts: Mapping[str, str]
    sources: frozenset[str]
    files: frozenset[str]


def root_of(path: Path) -> Path:
    """Return the course's folder: `path`, or the parent that contains everything that a deck names by `../`."""
    if path.is_dir():
        return path
    for folder in path.parents:
        if (folder / config.FILE).is_file():
            return folder
    if path.parent.name == "slides":
        return path.parent.parent
    if path.suffix.lower() == ENDING:  # what is within names its own parts
        return path.parent
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            text = file.read(_SEARCHED)
    except OSError:
        text = ""
    up = max((found[1].count("/") for found in _UP.finditer(text)), default=0)
    return path.parents[min(up, len(path.parents) - 1)]


def read(root: Path, path: Path) -> CourseDecks | tuple[Diagnostic, ...]:
    """Load the course at `root`, of which `path` is the folder or one deck; on failure return the errors."""
    found = open_course(root, empty=True)
    if not isinstance(found, OpenCourse):
        return found
    folder, around = found.folder, found.context.around
    one = path.relative_to(root).as_posix()
    decks = load_linked(found.paths, around) if path.is_dir() else (load(one, around),)
    if not decks:
        hint = "a deck is a Markdown file with a line <!-- slide -->"
        return (error("no-decks", Span("."), "there is no deck here", hint),)
    linked = {link for deck in decks for link in deck.links}
    return CourseDecks(
        folder=folder,
        around=around,
        decks=decks,
        texts=dict(_texts(decks, folder)),
        sources=frozenset(linked.union(found.paths)),
        files=frozenset(sizes(root)),
    )


def _texts(decks: tuple[Deck, ...], folder: Folder) -> Iterator[tuple[str, str]]:
    for deck in decks:
        if not any(found.code == "unreadable" for found in deck.diagnostics):
            try:
                yield deck.path, folder.data(deck.path).decode("utf-8")
            except (FileAccessError, UnicodeDecodeError):  # it has changed since the first read
                continue


def facts(course: CourseDecks) -> tuple[CourseFacts, tuple[Diagnostic, ...]]:
    """Return what rewriting needs to know about the course, and why code cannot be moved."""
    root, settings = course.folder.root, course.around.course
    package = discover.examples(root, settings)
    several = sorted(path.parent.name for path in root.glob("*examples/__init__.py"))
    wrong: tuple[Diagnostic, ...] = ()
    if not package and several:
        message = f"the course has several packages of examples: {', '.join(several)}"
        wrong = (error("which-examples", Span("."), message, f'write examples = "{several[0]}" into kejian.toml'),)
    elif not package:
        package = "examples" if not (root / "examples").exists() else "deck_examples"
    recorded = frozenset(RecordFolder(root / outputs_folder(root)).names())
    folded = paths.names(course.files)
    return CourseFacts(
        package=package,
        files=course.files,
        folded=folded,
        installed=installed,
        recorded=recorded,
        slide_code=settings.slide_code,
    ), wrong


@cache
def installed(name: str) -> bool:
    """Return whether the package can be imported here."""
    if not name or name in sys.stdlib_module_names:
        return True
    try:
        return importlib.util.find_spec(name) is not None
    except (ValueError, ImportError):
        return False
