"""Which files of a course become decks and pages."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kejian.config import Course
from kejian.diagnostics import Diagnostic, Span, error
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
        found = (path for path in _files(root, out) if path == "index.md" or _has_mark(root / path))
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
    found = sorted(path.name for path in root.glob("*examples") if (path / "__init__.py").is_file())
    return found[0] if len(found) == 1 else ""


def _matching(root: Path, patterns: Sequence[str]) -> Iterator[str]:
    for pattern in patterns:
        for file in root.glob(pattern.lstrip("/")):
            path = file.relative_to(root)
            if file.name.lower().endswith(MARKDOWN) and file.is_file() and UNSEEN.isdisjoint(path.parts):
                yield path.as_posix()


def _files(root: Path, out: Path) -> Iterator[str]:
    for folder, names, files in os.walk(root):
        names[:] = [n for n in names if n not in SKIPPED and not n.startswith(".") and Path(folder, n) != out]
        for name in files:
            if name.lower().endswith(MARKDOWN):
                yield Path(folder, name).relative_to(root).as_posix()


def _has_mark(file: Path) -> bool:
    try:
        return bool(_MARK.search(file.read_bytes()))
    except OSError:
        return False
