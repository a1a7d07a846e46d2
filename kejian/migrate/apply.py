"""Applies changes to a course: all or none, and only to files that are still as they were read."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from kejian.core.disk.output_folder import OutputFolder
from kejian.core.disk.scratch import temporary
from kejian.migrate.patch import FileChange


class FileChangedError(Exception):
    """A file has changed since it was read; the text is its path. Nothing has been written."""


def apply(root: Path, changes: Sequence[FileChange]) -> None:
    """Apply all `changes` below `root`. Raises `FileChangedError`, or `OSError` after restoring everything."""
    _check(root, changes)
    course = OutputFolder(root.resolve())
    made: list[Path] = []
    done: list[FileChange] = []
    with temporary(root, ".import-") as aside:
        staged = [aside / str(number) for number in range(len(changes))]
        for file, change in zip(staged, changes, strict=True):
            file.write_bytes(change.new)
        try:
            _check(root, changes)
            for file, change in zip(staged, changes, strict=True):
                target = root / change.path
                made += _missing(target.parent)
                done.append(change)
                mode = 0o666 & ~_umask() if change.old is None else target.stat().st_mode & 0o777
                course.move_in(file, change.path, mode)
        except BaseException:
            _put_back(root, done, made)
            raise


def _check(root: Path, changes: Sequence[FileChange]) -> None:
    for change in changes:
        file = root / change.path
        now = file.read_bytes() if file.is_file() else None
        if now != change.old or (now is None and os.path.lexists(file)):
            raise FileChangedError(change.path)


def _missing(folder: Path) -> list[Path]:
    """Return the missing ones of a folder and its parents, outermost first."""
    return [one for one in (folder, *folder.parents) if not one.exists()][::-1]


def _put_back(root: Path, done: Sequence[FileChange], made: Sequence[Path]) -> None:
    for change in reversed(done):
        file = root / change.path
        if change.old is None:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # it was not written before the error
                file.unlink()
        else:
            file.write_bytes(change.old)
    for folder in reversed(made):
        with contextlib.suppress(OSError):
            folder.rmdir()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
