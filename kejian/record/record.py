"""The record: what the instructor agreed the slides say. Small readable files, committed beside the decks.

    lenet.summary.json     what the outputs were made from: key, parts, settings, versions, seconds, date
    lenet.summary.txt      the first output; text as text
    lenet.summary.2.svg    the second; a picture as a picture, with
    lenet.summary.2.png    its twin for comparing pixels

The outputs' files are the truth, the metadata explains them: a file that a person edited, removed or merged is read as
it stands, named in `Recorded.edited`, and so compared again. Each file is written aside and moved into place, metadata
last; a file whose bytes stay is not touched.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG

from kejian import contents
from kejian.abandoned import sweep_files
from kejian.contents import Content
from kejian.record import recorded_files
from kejian.record.agree import Verdict, agree
from kejian.record.recorded_files import LIMIT, NAME, Recorded
from kejian.record.tolerance import Tolerance
from kejian.store import digest, write_aside

_FILE = re.compile(rf"({NAME.pattern})(?:\.[1-9][0-9]*)?\.(?:json|txt|svg|png)")

_NOTHING = Content(b"", "")
_MOST = 4096
_READ: dict[tuple[str, str], tuple[dict[str, str], Recorded]] = {}
"""What was read last, by folder and name, and the digests of the files that it was read from."""


def name(call: str, settings: Mapping[str, str] | None = None) -> str:
    """The name under which the outputs of a call are kept: `lenet.summary`, or `lenet.size~224-stride=4-5f0c2a`.

    settings: what else tells two runs of one call apart, such as the format of a value in prose.
    """
    function, bracket, arguments = call.partition("(")
    if not settings and arguments in ("", ")"):
        return function
    rest = [bracket + arguments, *(f"{key}={value}" for key, value in sorted((settings or {}).items()))]
    words = re.sub(r"[^\w=]+", "-", " ".join(rest), flags=re.ASCII).strip("-")[:40]
    return f"{function}~{words}-{digest(call, *rest)[:6]}".replace("~-", "~")


def settled(known: Recorded | None, fresh: Recorded, tolerance: Tolerance, rules: tuple[str, ...] = ()) -> Recorded:
    """What the record holds after a run: outputs that agree stay byte for byte, and all of it where nothing is new."""
    if known is None:
        return fresh
    verdict = agree(known.outputs, fresh.outputs, tolerance, rules)
    if verdict.agrees and not known.edited and known.made_from == fresh.made_from:
        return known
    outputs = tuple(p.old if p.old and p.comparison.agrees else p.new for p in verdict.pairs if p.new)
    return replace(fresh, outputs=outputs, needed=_words(verdict))


def _words(verdict: Verdict) -> str:
    return str(verdict.needed) if verdict.agrees and verdict.needed else ""


@dataclass(frozen=True, slots=True)
class Record:
    """The files in `folder`, made when first written to.

    aside: where files are written before they are moved in, on the same file system; `folder` when not given.
    """

    folder: Path
    aside: Path | None = None

    def names(self) -> list[str]:
        """The names of all examples that have any file here, sorted."""
        return sorted({found[1] for path in self._files() if (found := _FILE.fullmatch(path.name))})

    def read(self, name: str) -> Recorded | None:
        """What is recorded under `name`; `None` without metadata, whatever else there is."""
        key = str(self.folder), name
        asked, known = _READ.get(key, ({}, None))
        if known and all(self._content(file).digest == digest for file, digest in asked.items()):
            return known
        meta = self._content(f"{name}.json") if NAME.fullmatch(name) else _NOTHING
        asked = {f"{name}.json": meta.digest}

        def content(file: str) -> bytes | None:
            found = self._content(file)
            asked[file] = found.digest
            return found.data if found.digest else None

        found = recorded_files.read(name, meta.data, content) if meta.digest else None
        if found:
            if len(_READ) >= _MOST:
                _READ.clear()
            _READ[key] = asked, found
        return found

    def write(self, recorded: Recorded) -> list[str]:
        """Make the files say `recorded`; the names of those that changed or went. Raises `OSError`."""
        wanted = recorded_files.files(recorded)
        changed = [key for key, data in wanted.items() if self._content(key) != Content(data, sha256(data).hexdigest())]
        for key in changed:
            write_aside(self.folder / key, wanted[key], self.aside)
        sweep_files(self.folder)  # where `aside` could not be used
        return changed + self._drop(recorded.name, keep=frozenset(wanted))

    def remove(self, name: str) -> list[str]:
        """Remove every file of `name`, metadata last; their names."""
        return self._drop(name, keep=frozenset())

    def _drop(self, name: str, *, keep: frozenset[str]) -> list[str]:
        own = [p for p in self._files() if _owner(p.name) == name and p.name not in keep]
        for path in sorted(own, key=lambda p: (p.suffix == ".json", p.name)):
            path.unlink(missing_ok=True)
        return [path.name for path in own]

    def _files(self) -> list[Path]:
        try:
            return sorted(self.folder.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _content(self, file: str) -> Content:
        """The content of a file; without a digest for no file, a link, or one far too large for a slide."""
        path = f"{self.folder}/{file}"
        try:
            found = os.lstat(path)
            return contents.read(path, found) if S_ISREG(found.st_mode) and found.st_size <= LIMIT else _NOTHING
        except OSError:
            return _NOTHING


def _owner(file: str) -> str:
    found = _FILE.fullmatch(file)
    return found[1] if found else ""
