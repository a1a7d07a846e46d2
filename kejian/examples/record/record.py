"""The record: what the instructor agreed the slides say. Small readable files, committed beside the decks.

    lenet.summary.json     what the outputs were made from: key, parts, settings, versions, seconds, date
    lenet.summary.txt      the first output; text as text, a table as aligned text; or .html, .md, .tex, .dot
    lenet.summary.2.svg    the second; a picture as a picture, with
    lenet.summary.2.png    its twin for comparing pixels

The outputs' files are the truth, the metadata explains them: a file that a person edited, removed or merged is read as
it stands, named in `RecordedExample.edited`, and so compared again. Each file is written aside and moved into place,
metadata last; a file whose bytes stay is not touched.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from errno import EISDIR, ENOENT, ENOTDIR
from hashlib import sha256
from pathlib import Path

from kejian.core.disk import file_cache, regular
from kejian.core.disk.file_cache import FileContent
from kejian.core.disk.output_folder import output_folder
from kejian.core.disk.scratch import sweep_files
from kejian.core.disk.store import digest
from kejian.core.limits import TEXT
from kejian.examples.child.kejian_outputs import PICTURE, PICTURES
from kejian.examples.record import file_format
from kejian.examples.record.compare_outputs import Verdict, agree
from kejian.examples.record.file_format import METADATA, NAME, RecordedExample
from kejian.examples.record.outputs import DRAWN, SUFFIXES
from kejian.examples.record.tolerance import Tolerance

_FILE = re.compile(rf"({NAME.pattern})(?:\.[1-9][0-9]*)?\.(?:json|{'|'.join(SUFFIXES)})")
_TELLING = (".json", ".txt", ".svg", ".png")
"""Suffixes of files that are taken for an example's by themselves; a README.md may be its author's."""

_NOTHING = FileContent(b"", "")
_MOST = 4096
_TEXTS = 4
"""What was printed, displayed, returned and raised: so many texts of the largest size an example has."""
_READ: dict[tuple[str, str, int], tuple[dict[str, str], RecordedExample]] = {}
"""What was read last, by folder and name, and the digests of the files that it was read from."""


def name(call: str, settings: Mapping[str, str] | None = None) -> str:
    """Return the name of a call's record: `lenet.summary`, or `lenet.size~224-stride=4-5f0c2a`.

    settings: what else distinguishes runs of one call, such as the format of a value in prose.
    """
    function, bracket, arguments = call.partition("(")
    if not settings and arguments in ("", ")"):
        return function
    rest = [bracket + arguments, *(f"{key}={value}" for key, value in sorted((settings or {}).items()))]
    words = re.sub(r"[^\w=]+", "-", " ".join(rest), flags=re.ASCII).strip("-")[:40]
    return f"{function}~{words}-{digest(call, *rest)[:6]}".replace("~-", "~")


def reconcile(
    known: RecordedExample | None, fresh: RecordedExample, tolerance: Tolerance, rules: tuple[str, ...] = ()
) -> RecordedExample:
    """Merge a run into the record: outputs within tolerance stay byte for byte, and everything if nothing is new."""
    if known is None:
        return fresh
    verdict = agree(known.outputs, fresh.outputs, tolerance, rules)
    if verdict.agrees and not known.edited and known.made_from == fresh.made_from:
        return known
    outputs = tuple(
        replace(p.old if p.old and p.comparison.agrees else p.new, number=0) for p in verdict.pairs if p.new
    )
    return replace(fresh, outputs=outputs, needed=_words(verdict))


def _words(verdict: Verdict) -> str:
    return str(verdict.needed) if verdict.agrees and verdict.needed else ""


@dataclass(frozen=True, slots=True)
class RecordFolder:
    """The record's files in `folder`, created at the first write.

    aside: where temporary files are written, on the same file system; `folder` by default.
    course: the folder below which no link is followed when writing; the parent of `folder` by default.
    limit: bytes of a text.
    """

    folder: Path
    aside: Path | None = None
    course: Path | None = None
    limit: int = TEXT

    def names(self) -> list[str]:
        """Return the names of all examples that have any file here, sorted."""
        files = (path for path in self._files() if path.suffix in _TELLING)
        return sorted({found[1] for path in files if (found := _FILE.fullmatch(path.name))})

    def read(self, name: str) -> RecordedExample | None:
        """Return the record of `name`; `None` without metadata, whatever other files exist.

        Outputs beyond the limits of any run are ignored.
        """
        key = str(self.folder), name, self.limit
        asked, known = _READ.get(key, ({}, None))
        if known and all(self._content(file).digest == digest for file, digest in asked.items()):
            return known
        if not NAME.fullmatch(name):
            return None
        wrong: dict[str, str] = {}
        meta = self._content(f"{name}.json", wrong)
        asked = {f"{name}.json": meta.digest}
        left = dict.fromkeys(SUFFIXES, _TEXTS * self.limit) | dict.fromkeys(DRAWN, PICTURES)

        def content(file: str) -> bytes | None:
            found = self._content(file, wrong)
            asked[file] = found.digest
            suffix = file.rpartition(".")[2]
            left[suffix] -= len(found.data)
            if left[suffix] < 0:
                wrong[file] = "is more than one example shows"
                return None
            return found.data if found.digest else None

        if not (meta.digest or wrong):
            return None
        found = replace(file_format.read(name, meta.data, content), wrong=wrong)
        if not wrong:
            if len(_READ) >= _MOST:
                _READ.clear()
            _READ[key] = asked, found
        return found

    def write(self, recorded: RecordedExample) -> list[str]:
        """Write `recorded`; return the names of changed and removed files. Raises `OSError`."""
        wanted = file_format.files(recorded)
        changed = [
            key for key, data in wanted.items() if self._content(key) != FileContent(data, sha256(data).hexdigest())
        ]
        out, name = output_folder(self.folder, self.course or self.folder.parent)
        for key in changed:
            if (self.folder / key).is_dir():
                raise IsADirectoryError(
                    EISDIR, "a folder is where the record has a file: remove it", f"{self.folder}/{key}"
                )
            out.replace(f"{name}/{key}", wanted[key], self.aside)
        sweep_files(self.folder)  # where `aside` could not be used
        return changed + self._drop(recorded.name, keep=frozenset(wanted))

    def remove(self, name: str) -> list[str]:
        """Remove every file of `name`, metadata last; return their names."""
        return self._drop(name, keep=frozenset())

    def _drop(self, name: str, *, keep: frozenset[str]) -> list[str]:
        own = [p for p in self._files() if _owner(p.name) == name and p.name not in keep]
        for path in sorted(own, key=lambda p: (p.suffix == ".json", p.name)):
            with suppress(IsADirectoryError, PermissionError):  # the second: what macOS says of a folder
                path.unlink(missing_ok=True)
        return [path.name for path in own]

    def _files(self) -> list[Path]:
        try:
            return sorted(self.folder.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _content(self, file: str, wrong: dict[str, str] | None = None) -> FileContent:
        """Return the content of a file; without a digest if it is missing, not a file, or too large.

        wrong: receives the reason, a clause.
        """
        path = f"{self.folder}/{file}"
        try:
            found = os.lstat(path)
            why = self._unreadable(file, found)
            if not why:
                return file_cache.read(path, found)
        except OSError as e:
            why = f"cannot be read: {e.strerror}" if e.errno not in (ENOENT, ENOTDIR) else ""
        if why and wrong is not None:
            wrong[file] = why
        return _NOTHING

    def _unreadable(self, file: str, found: os.stat_result) -> str:
        """Return why a file cannot be read, if it is of another kind or too large."""
        if other := regular.kind(found):
            return f"is {other}, not a file"
        suffix = file.rpartition(".")[2]
        most = METADATA if suffix == "json" else PICTURE if suffix in DRAWN else self.limit + 1
        return f"is larger than {most:,} bytes" if found.st_size > most else ""


def _owner(file: str) -> str:
    found = _FILE.fullmatch(file)
    return found[1] if found else ""
