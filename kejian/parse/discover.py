"""Selects the files of a course that become decks and pages."""

from __future__ import annotations

import os
import posixpath
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import takewhile
from pathlib import Path

from kejian.core.config import Course
from kejian.core.diagnostics import Diagnostic, Span, error
from kejian.core.disk.files import FileAccessError, Folder
from kejian.core.paths import UNSEEN
from kejian.parse.html.links import MARKDOWN, page_path

SKIPPED = {"node_modules", "site", "dist", "build", "venv", "__pycache__", "templates", "tests", "outputs"}
"""Folders, by their names, in which no decks are looked for."""

_MARK = re.compile(rb"^<!--\s+\.?slide(?=[\s:]|-->)", re.MULTILINE)


def sources(root: Path, course: Course, out: Path) -> list[str]:
    """Return the Markdown files to build, as sorted course paths: those named in `kejian.toml`, or
    the default places.
    """
    return sorted({*_decks(root, course, out), *_matching(root, course.pages)})


def _decks(root: Path, course: Course, out: Path) -> Iterator[str]:
    if course.decks:
        return _matching(root, course.decks)
    if (root / "slides").is_dir():
        return _matching(root, ("slides/**/*",))
    folder = Folder(root)
    return (path for path in files(root, out) if path == "index.md" or _has_mark(folder, path))


def no_decks(course: Path) -> Diagnostic:
    """Return the error for a course without any decks."""
    hint = "write a Markdown file with a line <!-- slide --> into slides/, or start with `kejian new course`"
    return error("no-decks", Span("."), f"{course} holds no deck", hint)


def collisions(paths: Sequence[str]) -> list[Diagnostic]:
    """Return an error for each file whose page collides with another file's, also if only letter case differs."""
    taken: dict[str, str] = {}
    found = []
    for path in paths:
        page = page_path(path)
        first = taken.setdefault(page.casefold(), path)
        if first != path:
            message = f"{first} and {path} would both become {page}"
            found.append(error("page-taken", Span(path), message, "rename one of the files"))
    return found


def outputs_folder(root: Path) -> str:
    """Return the folder of a course's recorded outputs, which is beside the decks."""
    return "slides/outputs" if (root / "slides").is_dir() else "outputs"


def examples(root: Path, course: Course) -> str:
    """Return the folder of the examples package; "" if the course has none."""
    if course.examples:
        return course.examples.strip("/")
    folder = Folder(root)
    found = sorted(path.name for path in root.glob("*examples") if folder.has(f"{path.name}/__init__.py"))
    return found[0] if len(found) == 1 else ""


def _matching(root: Path, patterns: Sequence[str]) -> Iterator[str]:
    """Yield the Markdown files that match glob patterns. Links to folders are not followed: they
    may leave the course.
    """
    for pattern in patterns:
        parts = tuple(part for part in pattern.split("/") if part not in ("", "."))
        fixed = "/".join(takewhile(lambda part: not set(part) & set("*?["), parts[:-1]))
        yield from (path for path in _below(root, fixed) if matches(path, parts))


def matches(path: str, pattern: Sequence[str]) -> bool:
    """Return whether `path` matches the parts of a glob pattern; `**` matches any number of folders."""

    def reached(places: Iterable[int]) -> set[int]:
        found = set(places)
        for place in range(len(pattern)):
            if place in found and pattern[place] == "**":
                found.add(place + 1)
        return found

    places = reached((0,))
    for part in path.split("/"):
        here = [place for place in places if place < len(pattern)]
        stays = [place for place in here if pattern[place] == "**"]
        places = reached([*stays, *(place + 1 for place in here if fnmatchcase(part, pattern[place]))])
    return len(pattern) in places


def _below(root: Path, start: str) -> Iterator[str]:
    """Yield the Markdown files below a folder of the course."""
    try:
        top = Folder(root).real(start)
    except FileAccessError:
        return
    record = (root / outputs_folder(root)).resolve()  # they may hold Markdown, but never a deck
    if top == record:
        return
    for folder, names, files in os.walk(top):
        names[:] = [name for name in names if name not in UNSEEN and Path(folder, name) != record]
        for file in (Path(folder, name) for name in files if name.lower().endswith(MARKDOWN)):
            if file.is_file():
                yield posixpath.join(start, file.relative_to(top).as_posix())


def files(root: Path, out: Path) -> Iterator[str]:
    """Yield the Markdown files of a course, without those in its site `out` and in folders that never hold decks."""
    for folder, names, found in os.walk(root):
        names[:] = [n for n in names if n not in SKIPPED and not n.startswith(".") and Path(folder, n) != out]
        for name in found:
            if name.lower().endswith(MARKDOWN):
                yield Path(folder, name).relative_to(root).as_posix()


def _has_mark(folder: Folder, path: str) -> bool:
    try:
        return bool(_MARK.search(folder.data(path).removeprefix(BOM_UTF8)))
    except FileAccessError:
        return False
