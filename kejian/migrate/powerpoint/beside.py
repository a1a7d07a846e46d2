"""A deck beside a presentation of PowerPoint, as changes of its course; what is there already stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from posixpath import splitext

from kejian.core.diagnostics import Diagnostic, Span, error, ordered
from kejian.migrate.patch import FileChange
from kejian.migrate.powerpoint.presentation import presentation


def proposed(root: Path, path: Path) -> tuple[tuple[Diagnostic, ...], tuple[FileChange, ...]]:
    """Return what is said about the presentation at `path`, and the new files of the course at `root`."""
    name = path.relative_to(root).as_posix()
    found = presentation(path.read_bytes(), name)
    new = {**found.files, f"{splitext(name)[0]}.md": found.text.encode()} if found.text else {}
    changes = tuple(FileChange(one, None, data) for one, data in new.items() if not _is(root / one, data))
    there = list(_in_the_way(root, changes, name))
    return tuple(ordered([*found.diagnostics, *there])), () if there else changes


def _is(file: Path, data: bytes) -> bool:
    return file.is_file() and file.read_bytes() == data


def _in_the_way(root: Path, changes: Iterable[FileChange], name: str) -> Iterator[Diagnostic]:
    for one in changes:
        if (root / one.path).exists():
            message = f"{one.path} is there already, and {name} would be written to it"
            yield error(
                "in-the-way", Span(one.path), message, "move it away, or rename the presentation; then import it"
            )
