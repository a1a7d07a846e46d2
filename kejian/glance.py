"""Whether a build would do nothing: all that the last one depended on is looked at again, before anything is imported.

A note of the last build is kept beside the cache. It holds a digest of everything but the content of the course's files
(the names in the course, the generator, the packages that are installed, the words of the command), the digest of each
file that was read, and the site that was published. Contents are hashed: times are trusted only for what is installed,
and for files as large as data sets, of which the time of the last change of any kind (which no program sets) counts.
"""

from __future__ import annotations

import json
import os
import sys
import sysconfig
import time
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

UNSEEN = frozenset({".git", ".kejian", ".venv", "venv", "node_modules", "__pycache__"})
"""Folders of a course in which no build looks for decks."""

MANIFEST = "_kejian/manifest.json"
LARGE = 2**20
"""Bytes from which a file is known again by its times and size."""

_PACKAGE = Path(__file__).resolve().parent


class Said(NamedTuple):
    """What a build said: its findings as text and as JSON, its figures, and whether they hold for one day only."""

    text: str
    json: str
    figures: str
    day: str = ""


class Glance(NamedTuple):
    """A course and a site as they are before a build; `state` is a digest of all but the contents of files.

    course, out: resolved folders. began: when this was seen, in nanoseconds.
    """

    course: Path
    out: Path
    state: str
    began: int

    @property
    def note(self) -> Path:
        """Where the note of the last build into this site is."""
        return self.course / ".kejian" / "seen" / sha256(os.fsencode(self.out)).hexdigest()[:24]

    def recall(self, today: str) -> Said | None:
        """What the last build said, if another would read the same, and the site it published is still there."""
        try:
            digest, _, text = self.note.read_bytes().partition(b"\n")
            if sha256(text).hexdigest().encode() != digest:
                return None
            kept = json.loads(text)
            said = Said(*kept["said"])
            reads, large = dict(kept["reads"]), dict(kept["large"])
            same = kept["state"] == self.state and said.day in ("", today) and kept["site"] == site(self.out)
        except (OSError, ValueError, KeyError, TypeError):  # another version's note is no note
            return None
        return said if same and all(self._same(path, was, large.get(path)) for path, was in reads.items()) else None

    def _same(self, path: str, was: str, stamp: str | None) -> bool:
        file = f"{self.course}/{path}"
        if stamp and _stamp(file) == stamp:
            return True
        return os.path.isfile(file) if was == "+" else _digest(file) == was  # noqa: PTH113 -- see `site`

    def remember(self, said: Said, reads: Mapping[str, str]) -> None:
        """Note a build that published; `reads` is what `Folder.reads` held.

        Without a note the next build does its work, so a full or read-only disk is no error.
        """
        from kejian.store import write_aside

        large = {path: stamp for path in reads if (stamp := self._large(path))}
        kept = {"said": said, "state": self.state, "site": site(self.out), "reads": dict(sorted(reads.items()))}
        text = json.dumps(kept | {"large": large}, ensure_ascii=False).encode("utf-8", "surrogatepass")
        try:
            write_aside(self.note, sha256(text).hexdigest().encode() + b"\n" + text)
        except OSError:
            return

    def _large(self, path: str) -> str:
        """What a large file is known by, unless it has changed since the build began."""
        try:
            found = os.stat(f"{self.course}/{path}")  # noqa: PTH116 -- see `site`
        except (OSError, ValueError):
            return ""
        old = found.st_ctime_ns < self.began - 10**9
        return stamp(found) if found.st_size >= LARGE and old else ""


def glance(course: Path, out: Path, *words: str) -> Glance:
    """Look at the course and at the generator before a build that was asked `words`."""
    began, root, out = time.time_ns(), course.resolve(), out.resolve()
    total = sha256()
    for part in (*words, sys.version, *_installed(), *_names(root, out)):
        total.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return Glance(root, out, total.hexdigest(), began)


def site(out: Path) -> str:
    """A digest of the site's manifest and of what each of its files is known by; empty where one is missing."""
    try:
        manifest = (out / MANIFEST).read_bytes()
        total = sha256(manifest)
        folder = str(out)
        for path in json.loads(manifest)["files"]:
            total.update(stamp(os.stat(f"{folder}/{path}")).encode() + b"\0")  # noqa: PTH116 -- a Path costs more
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""
    return total.hexdigest()


def contents(root: Path, folders: Iterable[str]) -> dict[str, str]:
    """The digest of each file below these folders of the course, by course path."""
    prefix = len(str(root)) + 1
    files = (path for folder in folders for path, kind in _walk(str(root / folder), "") if kind == "f")
    return {path[prefix:]: _digest(path) for path in files}


def _digest(path: Path | str) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 -- as above
            return sha256(file.read()).hexdigest()
    except (OSError, ValueError):
        return ""


def _names(root: Path, out: Path) -> Iterator[str]:
    """Every file and folder of the course, and where its symbolic links lead."""
    for path, kind in _walk(str(root), str(out)):
        yield f"{kind} {path} {os.readlink(path)}" if kind == "l" else f"{kind} {path}"  # noqa: PTH115 -- as above


def _installed() -> Iterator[str]:
    """The generator's files and the npm packages by time and size; the folder that pip installs into, by its time."""
    yield from (f"{path} {_stamp(path)}" for path in (sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    for folder in (_PACKAGE, _PACKAGE.parent / "templates"):
        yield from (f"{path} {_stamp(path)}" for path, kind in _walk(str(folder), "") if kind == "f")
    for folder in (_PACKAGE.parent, _PACKAGE / "worker"):
        names = ("package-lock.json", "node_modules/.package-lock.json")
        yield from (f"{name} {_stamp(folder / name)}" for name in names)


def _stamp(path: Path | str) -> str:
    try:
        return stamp(os.stat(path))  # noqa: PTH116 -- as above
    except OSError:
        return ""


def stamp(found: os.stat_result) -> str:
    """What a file is known by without being read."""
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def _walk(folder: str, out: str) -> Iterator[tuple[str, str]]:
    """Paths below `folder` in order, each with `d`, `f` or `l`; links are not followed, `out` is left alone."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        kind = "l" if entry.is_symlink() else "d" if entry.is_dir() else "f"
        if kind == "d" and (entry.name in UNSEEN or entry.path == out):
            continue
        yield entry.path, kind
        if kind == "d":
            yield from _walk(entry.path, out)
