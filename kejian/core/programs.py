"""Lookup of programs on PATH, excluding untrusted folders, which may contain programs of their own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def search_path(*strange: Path) -> str:
    """Return PATH without relative entries and entries inside the folders `strange`.

    An entry that is empty or `.` means the current folder, which may be untrusted.
    """
    entries = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(one for one in entries if Path(one).is_absolute() and not _below(one, strange))


def find(name: str, *strange: Path) -> str:
    """Return the path of the program `name`; "" if there is none outside the folders `strange`."""
    for entry in search_path(*strange).split(os.pathsep):
        found = shutil.which(name, path=entry) if entry else None
        if found and not _below(found, strange):  # a link may lead there
            return found
    return ""


def _below(path: str, folders: tuple[Path, ...]) -> bool:
    ways = (Path(path), Path(os.path.normpath(path)), Path(os.path.realpath(path)))
    return any(
        way.is_relative_to(root) for folder in folders for root in (folder.absolute(), folder.resolve()) for way in ways
    )
