"""Which files of a course become decks and pages."""

from __future__ import annotations

import os
import posixpath
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import takewhile
from pathlib import Path

from kejian.config import Course
from kejian.diagnostics import Diagnostic, Span, error
from kejian.folder import Folder, Unreadable
from kejian.glance import UNSEEN
from kejian.reading.targets import MARKDOWN, page_path

SKIPPED = {"node_modules", "site", "dist", "build", "venv", "__pycache__", "templates", "tests", "outputs"}
"""Folders, by their names, in which no decks are looked for."""

_MARK = re.compile(rb"^<!--\s+\.?slide(?=[\s:]|-->)", re.MULTILINE)


def sources(root: Path, course: Course, out: Path) -> list[str]:
    """The Markdown files to build, as sorted course paths: what `kejian.toml` names, or the usual places."""
    if course.decks or course.pages:
        found = _matching(root, (*course.decks, *course.pages))
    elif (root / "slides").is_dir():
        found = _matching(root, ("slides/**/*",))
    else:
        folder = Folder(root)
        found = (path for path in _files(root, out) if path == "index.md" or _has_mark(folder, path))
    return sorted(set(found))


def collisions(paths: Sequence[str]) -> list[Diagnostic]:
    """An error for each file whose page another file already has, also where only the case of letters differs."""
    taken: dict[str, str] = {}
    found = []
    for path in paths:
        page = page_path(path)
        first = taken.setdefault(page.casefold(), path)
        if first != path:
            message = f"{first} and {path} would both become {page}"
            found.append(error("page-taken", Span(path), message, "rename one of the files"))
    return found


def examples(root: Path, course: Course) -> str:
    """The folder of the examples package; empty where the course has none."""
    if course.examples:
        return course.examples.strip("/")
    folder = Folder(root)
    found = sorted(path.name for path in root.glob("*examples") if folder.has(f"{path.name}/__init__.py"))
    return found[0] if len(found) == 1 else ""


def _matching(root: Path, patterns: Sequence[str]) -> Iterator[str]:
    """The Markdown files that glob patterns match. No link to a folder is followed: it may lead out of the course."""
    for pattern in patterns:
        parts = tuple(part for part in pattern.split("/") if part not in ("", "."))
        fixed = "/".join(takewhile(lambda part: not set(part) & set("*?["), parts[:-1]))
        yield from (path for path in _below(root, fixed) if matches(path, parts))


def matches(path: str, pattern: Sequence[str]) -> bool:
    """Whether `path` is what the parts of a glob pattern say; `**` stands for any number of folders."""

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
    """The Markdown files below a folder of the course."""
    try:
        top = Folder(root).real(start)
    except Unreadable:
        return
    for folder, names, files in os.walk(top):
        names[:] = [name for name in names if name not in UNSEEN]
        for file in (Path(folder, name) for name in files if name.lower().endswith(MARKDOWN)):
            if file.is_file():
                yield posixpath.join(start, file.relative_to(top).as_posix())


def _files(root: Path, out: Path) -> Iterator[str]:
    for folder, names, files in os.walk(root):
        names[:] = [n for n in names if n not in SKIPPED and not n.startswith(".") and Path(folder, n) != out]
        for name in files:
            if name.lower().endswith(MARKDOWN):
                yield Path(folder, name).relative_to(root).as_posix()


def _has_mark(folder: Folder, path: str) -> bool:
    try:
        return bool(_MARK.search(folder.data(path).removeprefix(BOM_UTF8)))
    except Unreadable:
        return False
