"""Reports files that a build ignores against their author's likely intent: decks beside `slides/`, pages within it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from pathlib import Path

from kejian.core.config import Course
from kejian.core.diagnostics import Diagnostic, Severity, Span, warning
from kejian.core.disk.files import FileAccessError, Folder
from kejian.parse import discover, other_dialects
from kejian.parse.lines import frontmatter
from kejian.parse.lines.comments import MARK
from kejian.parse.lines.verbatim import Blocks

_PAGES = frozenset(("index", "readme"))


def findings(folder: Folder, course: Course, out: Path, paths: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Return findings about the files of the course in `folder`, of which a build takes `paths`."""
    texts = {path: read_text(folder, path) for path in paths}
    found = list(_unmarked(course, texts))
    if not (course.decks or course.pages) and any(path.startswith("slides/") for path in paths):
        found += _hidden(folder, out, paths)
    return tuple(found)


def foreign(folder: Folder, out: Path) -> tuple[Diagnostic, ...]:
    """In a course without decks, return findings about decks for other programs."""
    found: list[Diagnostic] = []
    for path in discover.files(folder.root, out):
        text = read_text(folder, path)
        found += other_dialects.findings(frontmatter.read(text, path), text.split("\n"), path)
    return tuple(found)


def marked(text: str) -> bool:
    """Return whether the text has a slide mark outside of listings."""
    lines = text.split("\n")
    blocks, at = Blocks(lines), 0
    while at < len(lines):
        end, _ = blocks.verbatim(at)
        if end == at and lines[at].startswith("<!--") and MARK.match("\n".join([*lines[at : at + 2], ""])):
            return True
        at = max(end, at + 1)
    return False


def read_text(folder: Folder, path: str) -> str:
    """Return a file's text, "" if it cannot be read."""
    try:
        return folder.any_text(path)[0]
    except FileAccessError:
        return ""


def _hidden(folder: Folder, out: Path, paths: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield a warning for each deck that is ignored because there is a folder `slides/`."""
    for path in sorted(set(discover.files(folder.root, out)) - set(paths)):
        text = read_text(folder, path)
        if "slide" in text and marked(text):
            hint = f'move it into slides/, or write decks = ["slides/**/*.md", "{path}"] into kejian.toml'
            message = "this file has slides, and a build of the course leaves it out"
            yield warning("not-built", Span(path), message, hint)


def _unmarked(course: Course, texts: dict[str, str]) -> Iterator[Diagnostic]:
    """Yield a hint for each file in `slides/` that is neither a deck nor connected to another file by a link."""
    for path, text in texts.items():
        name = posixpath.basename(path)
        page = any(discover.matches(path, pattern.split("/")) for pattern in course.pages)
        if page or not path.startswith("slides/") or posixpath.splitext(name)[0].lower() in _PAGES or marked(text):
            continue
        others = [(posixpath.basename(base), other) for base, other in texts.items() if base != path]
        if not text.strip() or any(name in other or base in text for base, other in others):
            continue
        front = frontmatter.read(text, path)
        if front.presentation or any(other_dialects.findings(front, text.split("\n"), path)):
            continue  # reported when the file is parsed
        hint = (
            "begin each slide with a line <!-- slide -->; if it is meant as a page, write into kejian.toml "
            f'decks = ["slides/**/*.md"] and pages = ["{path}"]'
        )
        message = "this file has no slide mark: it becomes a plain page"
        yield Diagnostic(code="no-slides", severity=Severity.HINT, span=Span(path), message=message, hint=hint)
