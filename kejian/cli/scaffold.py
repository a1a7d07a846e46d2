"""The files of a new course: two slides, an example with its test, a diagram, CI."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from kejian import __version__
from kejian.core import templates
from kejian.core.disk.output_folder import OutputFolder, output_folder

_BESIDE = ("readme", "license", "licence", "copying", "notice", "changelog", "contributing", "citation", "authors")
"""Files, by their names without endings, that a course may lie beside; whatever begins with a dot may be there too."""


class FolderNotEmptyError(Exception):
    """The folder for a new course contains something already: `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(f"it holds {name} already")


def create(folder: Path) -> list[str]:
    """Write the files of a new course into `folder`, all or none, and return their paths.

    The folder may be a new repository, whose files are unchanged and not among the paths. Raises `FolderNotEmptyError`,
    `OSError`.
    """
    written = [_written(source, folder.name) for source in _sources()]
    if folder.exists():
        return _create_beside(folder, written)
    around, name = output_folder(folder, folder)
    aside = f".{name}.new"
    around.fresh(aside)
    for path, data in written:
        around.create(f"{aside}/{path}", data)
    around.rename(aside, name)
    return sorted(path for path, _ in written)


def _create_beside(folder: Path, written: list[tuple[str, bytes]]) -> list[str]:
    if not folder.is_dir():
        raise FolderNotEmptyError("something that is no folder")
    for entry in sorted(folder.iterdir()):
        if not entry.name.startswith(".") and entry.name.partition(".")[0].lower() not in _BESIDE:
            raise FolderNotEmptyError(entry.name)
    target, made = OutputFolder(folder), list[str]()
    try:
        for path, data in written:
            if not os.path.lexists(folder / path):
                made.append(path)
                target.create(path, data)
    except OSError:
        for path in made:
            with suppress(OSError):
                target.remove(path)
        raise
    return sorted(made)


def _sources() -> list[Path]:
    root = templates.folder() / "new"
    return sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _written(source: Path, title: str) -> tuple[str, bytes]:
    """Return a template's path in the new course, and its content."""
    name = source.relative_to(templates.folder() / "new").as_posix().replace("dot-", ".")
    text = source.read_text("utf-8").replace("{title}", title.replace('"', "")).replace("{version}", __version__)
    return name, text.encode()
