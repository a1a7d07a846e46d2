"""Fast path: detects that nothing has changed since the last build, without importing the generator.

A note of the last build is kept beside the cache. It contains a digest of everything but the contents of the course's
files (names in the course, the generator, installed packages, command options), the digest of each file that was read,
and the published site. Contents are hashed. Times are trusted only for installed files and for files as large as data
sets, by the time of the last change of any kind (ctime), which no program can set.
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

from kejian.core import editable
from kejian.core.disk import questions
from kejian.core.disk.cache_folder import NAME, is_ours
from kejian.core.paths import LARGE, MANIFEST, stamp, stamp_at, walk

_PACKAGE = Path(__file__).resolve().parents[1]


class CachedReport(NamedTuple):
    """The report of a build: findings as text and as JSON, figures, and the only day on which it holds, if any."""

    text: str
    json: str
    figures: str
    valid_on: str = ""


class BuildFingerprint(NamedTuple):
    """A course and a site before a build; `state` is a digest of everything but the contents of files.

    course, out: resolved folders. began: when it was taken, in nanoseconds.
    """

    course: Path
    out: Path
    state: str
    began: int

    @property
    def note(self) -> Path:
        """Return the path of the note about the last build into this site."""
        return self.course / NAME / "seen" / sha256(os.fsencode(self.out)).hexdigest()[:24]

    def recall(self, today: str) -> CachedReport | None:
        """Return the last build's report if another would read the same, and its site is still there."""
        try:
            if not is_ours(self.course / NAME):
                return None
            digest, _, text = self.note.read_bytes().partition(b"\n")
            if sha256(text).hexdigest().encode() != digest:
                return None
            kept = json.loads(text)
            said = CachedReport(*kept["said"])
            reads, large = dict(kept["reads"]), dict(kept["large"])
            same = kept["state"] == self.state and said.valid_on in ("", today) and kept["site"] == site(self.out)
        except (OSError, ValueError, KeyError, TypeError):  # a note of another version is ignored
            return None
        return said if same and all(self._same(path, was, large.get(path)) for path, was in reads.items()) else None

    def _same(self, path: str, was: str, stamp: str | None) -> bool:
        if questions.is_question(path):
            return self._answer(path) == was
        file = f"{self.course}/{path}"
        if stamp and stamp_at(file) == stamp:
            return True
        return os.path.isfile(file) if was == "+" else _digest(file) == was  # noqa: PTH113 -- see `site`

    def _answer(self, question: str) -> str:
        try:
            return questions.answer(
                question, os.path.realpath(self.course / questions.subject(question)), str(self.course)
            )
        except (OSError, ValueError):
            return ""

    def remember(self, said: CachedReport, reads: Mapping[str, str]) -> None:
        """Note a build that published; `reads` is the value of `Folder.reads`.

        Without a note the next build does all its work, so a full or read-only disk is no error.
        """
        from kejian.core.disk.store import write_aside

        large = {path: stamp for path in reads if (stamp := self._large(path))}
        kept = {"said": said, "state": self.state, "site": site(self.out), "reads": dict(sorted(reads.items()))}
        text = json.dumps(kept | {"large": large}, ensure_ascii=False).encode("utf-8", "surrogatepass")
        try:
            write_aside(self.note, sha256(text).hexdigest().encode() + b"\n" + text)
        except OSError:
            return

    def _large(self, path: str) -> str:
        """Return the stamp of a large file, unless it has changed since the build began."""
        try:
            found = os.stat(f"{self.course}/{path}")  # noqa: PTH116 -- see `site`
        except (OSError, ValueError):
            return ""
        old = found.st_ctime_ns < self.began - 10**9
        return stamp(found) if found.st_size >= LARGE and old else ""


def glance(course: Path, out: Path, *words: str) -> BuildFingerprint:
    """Take the fingerprint of course and generator before a build with the options `words`."""
    began, root, out = time.time_ns(), course.resolve(), out.resolve()
    total = sha256()
    for part in (*words, sys.version, *_installed(root), *_names(root, out)):
        total.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return BuildFingerprint(root, out, total.hexdigest(), began)


def site(out: Path) -> str:
    """Return a digest of the site's manifest and of its files' stamps; "" if one is missing."""
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
    """Return the digest of each file below these folders of the course, by course path."""
    prefix = len(str(root)) + 1
    files = (path for folder in folders for path, kind in walk(str(root / folder)) if kind == "f")
    return {path[prefix:]: _digest(path) for path in files}


def _digest(path: Path | str) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 -- as above
            return sha256(file.read()).hexdigest()
    except (OSError, ValueError):
        return ""


def _names(root: Path, out: Path) -> Iterator[str]:
    """Yield every file and folder of the course, and the targets of its symbolic links."""
    for path, kind in walk(str(root), str(out)):
        yield f"{kind} {path} {os.readlink(path)}" if kind == "l" else f"{kind} {path}"  # noqa: PTH115 -- as above


def _installed(course: Path) -> Iterator[str]:
    """Yield the generator's files and the npm packages by time and size, and pip's target folder by time.

    Distributions installed as a link to a folder are listed file by file.
    """
    for folder in dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))):
        yield f"{folder} {stamp_at(folder)}"
        yield from editable.stamps(folder, str(course))
    for own in (_PACKAGE, _PACKAGE.parent / "templates"):
        yield from (f"{path} {stamp_at(path)}" for path, kind in walk(str(own)) if kind == "f")
    for own in (_PACKAGE.parent, _PACKAGE / "makers" / "node"):
        names = ("package-lock.json", "node_modules/.package-lock.json")
        yield from (f"{name} {stamp_at(own / name)}" for name in names)
