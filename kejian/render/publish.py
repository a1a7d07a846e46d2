"""Publishes a site: staged aside, swapped in, unchanged on error; files of others are never touched."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from stat import S_ISREG

from kejian import __version__
from kejian.core.disk.locks import locked
from kejian.core.disk.open_folder import InTheWayError
from kejian.core.disk.output_folder import OutputFolder, output_folder
from kejian.core.paths import MANIFEST

FILE, FOLDER = 0o644, 0o755
"""The modes of what is published: a web server and a colleague may read it."""
_LARGEST = 64 * 2**20
"""Bytes of a manifest that is read: enough for 300,000 files."""
_DROPPINGS = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
"""What file managers leave in folders that they have shown: nothing to keep."""

Files = Mapping[str, tuple[str, int]]
"""The digest and the size of each file of a site by its path."""


class ForeignSiteError(Exception):
    """The output folder holds files that no build wrote."""


class ForeignFilesError(Exception):
    """A site holds files that no build wrote and that the course does not keep; `paths` are theirs."""

    def __init__(self, paths: Collection[str]) -> None:
        super().__init__(", ".join(paths))
        self.paths = tuple(paths)


def _none(path: str) -> bool:  # noqa: ARG001 -- what is asked of each path
    """Keep no files that no build wrote: the default."""
    return False


@dataclass(slots=True, kw_only=True)
class SitePublisher:
    """A site being published into `out`: add every file, then `commit`; until then nothing changes.

    course: the folder below which no link is followed.
    keeps: whether the course keeps the file at a path although no build wrote it, such as a CNAME.

    A crash between the two renames of the swap leaves the old site beside `out`; the next build restores it. Concurrent
    builds into one folder take turns. Raises `ForeignSiteError`, `ForeignFilesError`, or `InTheWayError` if `out` is a
    link or a file.
    """

    out: Path
    course: Path
    keeps: Callable[[str], bool] = _none
    _around: OutputFolder = field(init=False)
    _name: str = field(init=False)
    _old: Files = field(init=False, default_factory=dict)
    _new: dict[str, tuple[str, int]] = field(init=False, default_factory=dict)
    _load: dict[str, Callable[[], bytes]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._around, self._name = output_folder(self.out, self.course, FOLDER)
        with locked(self._parent):
            if self._parent.exists():
                self._undo_killed_build()
                self._read_old()

    @property
    def _parent(self) -> Path:
        return (self._around.base / self._name).parent

    def _beside(self, ending: str) -> str:
        folder, slash, name = self._name.rpartition("/")
        return f"{folder}{slash}.{name}.{ending}"

    def write(self, path: str, data: bytes) -> str:
        """Publish `data` at `path`; return its digest."""
        digest = sha256(data).hexdigest()
        self.keep(path, digest, len(data), lambda: data)
        return digest

    def keep(self, path: str, digest: str, size: int, load: Callable[[], bytes]) -> None:
        """Publish at `path` content of this `digest` and `size`, from the old site if possible, else from `load`."""
        self._new[path] = (digest, size)
        self._load[path] = load

    def copy(self, path: str, source: Path) -> str:
        """Publish the file `source` at `path`; return its digest. Raises `OSError` if it cannot be read."""
        with source.open("rb") as opened:
            digest = file_digest(opened, "sha256").hexdigest()
        self.keep(path, digest, source.stat().st_size, source.read_bytes)
        return digest

    def commit(self) -> int:
        """Swap the new site in; return how many files were written. An unchanged site is left alone.

        Raises `OSError` if the new site cannot be written, or an error of the site itself; the old site stays then.
        """
        self._parent.mkdir(parents=True, exist_ok=True)
        with locked(self._parent):
            foreign = self._read_old()  # another build may have published since
            same = {path for path in self._new if self._same(path)}
            changed = len(self._new) - len(same)
            if changed or self._new.keys() != self._old.keys():
                try:
                    self._fill(same, foreign)
                    self._swap()
                finally:
                    with suppress(OSError):
                        self._around.remove(self._beside("new"))
            return changed

    def _read_old(self) -> list[str]:
        """Read the old site's manifest; return the paths of foreign files that the course keeps."""
        self._old = {}
        if not self._around.holds(self._name):
            return []
        self._old = _manifest(self._around, self._name)
        foreign = dict(self._foreign())
        if not self._old and foreign:
            raise ForeignSiteError
        refused = [path for path, regular in foreign.items() if not (regular and self.keeps(path))]
        if refused:
            raise ForeignFilesError(refused)
        return list(foreign)

    def _foreign(self) -> Iterator[tuple[str, bool]]:
        """Yield each path that no build wrote, and whether it is a regular file. A link that replaced a file counts."""
        for path, found in self._around.files(self._name):
            regular = S_ISREG(found.st_mode)
            if path.rpartition("/")[2] in _DROPPINGS or (regular and path == MANIFEST):
                continue
            if not regular or path not in self._old:
                yield path, regular

    def _same(self, path: str) -> bool:
        """Return whether the old site holds the new content at `path`, undamaged."""
        try:
            old = self._old.get(path) == self._new[path]
            return old and self._around.digest(f"{self._name}/{path}") == self._new[path][0]
        except OSError:
            return False

    def _fill(self, same: Collection[str], foreign: Collection[str]) -> None:
        """Stage the new site, taking `same` and `foreign` files from the old one."""
        stage = self._beside("new")
        self._new = dict(sorted(self._new.items()))
        self._around.fresh(stage)
        self._around.create(f"{stage}/{MANIFEST}", _written(self._new), FILE)
        for path, load in self._load.items():
            if path in same:
                self._around.link(f"{self._name}/{path}", f"{stage}/{path}", FILE)
            else:
                self._around.create(f"{stage}/{path}", load(), FILE)
        for path in foreign:
            if path not in self._new:
                self._around.link(f"{self._name}/{path}", f"{stage}/{path}", FILE)

    def _undo_killed_build(self) -> None:
        """Restore or remove what a killed build left; no other build is running here."""
        old = self._beside("old")
        with suppress(InTheWayError):
            if self._around.holds(old) and not self._around.holds(self._name):
                self._around.rename(old, self._name)
        for left in (self._beside("new"), old):
            with suppress(OSError):
                self._around.remove(left)

    def _swap(self) -> None:
        new, old = self._beside("new"), self._beside("old")
        self._around.remove(old)
        if self._around.holds(self._name):
            self._around.rename(self._name, old)
        try:
            self._around.rename(new, self._name)
        except BaseException:
            if self._around.holds(old) and not self._around.holds(self._name):
                self._around.rename(old, self._name)
            raise
        with suppress(OSError):
            self._around.remove(old)


def _manifest(around: OutputFolder, name: str) -> Files:
    """Return the files that the last build into the folder `name` wrote; empty if its manifest cannot be read."""
    try:
        with around.open(f"{name}/{MANIFEST}", _LARGEST) as file:
            files = json.loads(file.read())["files"]
        return {str(path): (str(digest), int(size)) for path, (digest, size) in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return {}


def _written(files: Files) -> bytes:
    text = json.dumps({"generator": f"kejian {__version__}", "files": files}, ensure_ascii=False, indent=1)
    return (text + "\n").encode()
