r"""Corrects paths that only some systems find: `..\img\a.png`, and letters in a case other than the file's."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from kejian.core.addresses import is_remote, resolve

_TARGET = re.compile(
    r"@import\s{1,9}\"(?P<a>[^\"\n]{1,1000})\""
    r"|\]\(\s{0,9}(?P<b>[^()\s<>\"]{1,1000})"
    r"|\b(?:src|href|poster|data-background-(?:image|video))\s{0,9}=\s{0,9}[\"'](?P<c>[^\"'\n]{1,1000})[\"']"
)


@dataclass(frozen=True, slots=True)
class PathCorrection:
    """A correction of a path, at `column` (1-based) of its line."""

    column: int
    written: str
    meant: str


def names(files: Collection[str]) -> Mapping[str, str]:
    """Map the names of a course's files in lower case to the files; ambiguous ones are omitted."""
    found: dict[str, str] = {}
    for path in files:
        found[path.casefold()] = "" if path.casefold() in found else path
    return found


def respelled(line: str, deck: str, files: Collection[str], folded: Mapping[str, str]) -> Iterator[PathCorrection]:
    """Yield corrections for paths in a line of the deck that name no file, if another spelling does."""
    for found in _TARGET.finditer(line):
        group = found.lastgroup or "a"
        written = found[group]
        meant = _meant(written, deck, files, folded)
        if meant not in (written, ""):
            yield PathCorrection(found.start(group) + 1, written, meant)


def _meant(written: str, deck: str, files: Collection[str], folded: Mapping[str, str]) -> str:
    """Return the corrected path; "" if there is nothing to correct."""
    target, mark, rest = written.partition("#")
    if not target or is_remote(target.replace("\\", "/")) or "?" in target:
        return ""
    slashed = target.replace("\\", "/")
    path = resolve(deck, slashed)
    if path in files:
        return slashed + mark + rest
    there = folded.get(path.casefold(), "")
    if not there:
        return ""
    relative = f"/{there}" if slashed.startswith("/") else posixpath.relpath(there, posixpath.dirname(deck) or ".")
    spelled = quote(relative) if "%" in target or " " in relative else relative
    return spelled + mark + rest
