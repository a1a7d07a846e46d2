"""Changes written to a course: all of them or none, and only over what was read."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from kejian.abandoned import temporary
from kejian.adopt.patch import Change


class Changed(Exception):  # noqa: N818 -- says what happened to the file
    """A file is no longer as it was read; the text is its path. Nothing has been written."""


def apply(root: Path, changes: Sequence[Change]) -> None:
    """Write all `changes` below `root`. Raises `Changed`, or `OSError` after everything has been put back."""
    _check(root, changes)
    made: list[Path] = []
    done: list[Change] = []
    with temporary(root, ".import-") as aside:
        staged = [aside / str(number) for number in range(len(changes))]
        for file, change in zip(staged, changes, strict=True):
            file.write_bytes(change.new)
        try:
            _check(root, changes)
            for file, change in zip(staged, changes, strict=True):
                target = root / change.path
                made += _folders(target.parent)
                done.append(change)
                if change.old is not None:
                    file.chmod(target.stat().st_mode & 0o777)
                else:
                    file.chmod(0o666 & ~_umask())
                file.replace(target)
        except BaseException:
            _put_back(root, done, made)
            raise


def _check(root: Path, changes: Sequence[Change]) -> None:
    for change in changes:
        file = root / change.path
        now = file.read_bytes() if file.is_file() else None
        if now != change.old or (now is None and os.path.lexists(file)):
            raise Changed(change.path)


def _folders(folder: Path) -> list[Path]:
    """Make the folder; those that were not there, the outermost first."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()][::-1]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _put_back(root: Path, done: Sequence[Change], made: Sequence[Path]) -> None:
    for change in reversed(done):
        file = root / change.path
        if change.old is None:
            file.unlink(missing_ok=True)
        else:
            file.write_bytes(change.old)
    for folder in reversed(made):
        with contextlib.suppress(OSError):
            folder.rmdir()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
