"""Files in a site that no build wrote, such as a CNAME: whether the next build keeps them, and if not, why."""

from __future__ import annotations

import json
from pathlib import Path

from kejian.core import config
from kejian.core.config import Course
from kejian.core.diagnostics import Diagnostic, Span, error
from kejian.core.disk.files import Folder
from kejian.parse.discover import matches
from kejian.parse.html.publishable import PublishPolicy, PublishRefusal
from kejian.render.publish import ForeignFilesError


def keeps(course: Course, out: Path, path: str) -> bool:
    """Return whether the site in `out` keeps the file at `path`: the course lists it, and no browser would run it."""
    return _named(course, path) and not _harmful(course, out, path)


def refused(course: Course, out: Path, foreign: ForeignFilesError) -> tuple[Diagnostic, ...]:
    """Return an error for each file that prevents publishing."""
    return tuple(_refused(course, out, path) for path in foreign.paths)


def _refused(course: Course, out: Path, path: str) -> Diagnostic:
    file = out / path
    remove = f"remove it (`rm {file}`)"
    if file.is_symlink():
        return error("foreign-file", Span(config.FILE), f"{file} is a link, which no build wrote", remove)
    why = _harmful(course, out, path) if _named(course, path) else None
    if why:
        message = f"{file} is not kept: {why.message}"
        return error("foreign-file", Span(config.FILE), message, f"{remove}; or, {why.hint}")
    hint = f"{remove}, or, if it is yours, write keep = [{json.dumps(path, ensure_ascii=False)}] in kejian.toml"
    return error("foreign-file", Span(config.FILE), f"no build wrote {file}", hint)


def _harmful(course: Course, out: Path, path: str) -> PublishRefusal | None:
    return PublishPolicy(course.scripts, frozenset(course.publish)).kept(path, Folder(out))


def _named(course: Course, path: str) -> bool:
    return any(matches(path, pattern.split("/")) for pattern in course.keep)
