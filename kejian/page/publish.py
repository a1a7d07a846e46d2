"""Publish a site: staged aside, swapped in, nothing on error; what we did not write is never touched."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path

from kejian import __version__
from kejian.glance import MANIFEST
from kejian.locked import locked
from kejian.store import write

FILE, FOLDER = 0o644, 0o755
"""The modes of what is published: a web server and a colleague may read it."""


class NotOurs(Exception):  # noqa: N818 -- names what the folder is
    """The output folder holds files that no build wrote."""


@dataclass(slots=True)
class Site:
    """A site being published into `out`: give it every file, then `commit`; without that nothing changes.

    A crash between the two renames of the swap leaves the old site beside `out`; the next build puts it back. Builds
    into one folder at once take turns.
    """

    out: Path
    _old: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    _new: dict[str, tuple[str, int]] = field(default_factory=dict)
    _load: dict[str, Callable[[], bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.out = self.out.resolve()
        with locked(self.out.parent):
            self._mend()
            self._old = _manifest(self.out)
            if not self._old and self.out.exists() and any(self.out.iterdir()):
                raise NotOurs

    @property
    def _stage(self) -> Path:
        return self.out.with_name(f".{self.out.name}.new")

    @property
    def _aside(self) -> Path:
        return self.out.with_name(f".{self.out.name}.old")

    def write(self, path: str, data: bytes) -> str:
        """Publish `data` at `path`; returns its digest."""
        digest = sha256(data).hexdigest()
        self.keep(path, digest, len(data), lambda: data)
        return digest

    def keep(self, path: str, digest: str, size: int, load: Callable[[], bytes]) -> None:
        """Publish at `path` what has this `digest` and `size`, taken from the old site or else from `load`."""
        self._new[path] = (digest, size)
        self._load[path] = load

    def copy(self, path: str, source: Path) -> str:
        """Publish the file `source` at `path`; returns its digest. Raises `OSError` where it cannot be read."""
        digest = _digest(source)
        self.keep(path, digest, source.stat().st_size, source.read_bytes)
        return digest

    def commit(self) -> int:
        """Swap the new site in; returns how many files were written. An unchanged site is left alone.

        Raises `OSError`, and leaves the old site, where the new one cannot be written.
        """
        with locked(_made(self.out.parent)):
            self._old = _manifest(self.out)  # another build may have published since
            same = {path for path in self._new if self._same(path)}
            changed = len(self._new) - len(same)
            if changed or self._new.keys() != self._old.keys():
                try:
                    self._fill(same)
                    self._swap()
                finally:
                    shutil.rmtree(self._stage, ignore_errors=True)
            return changed

    def _same(self, path: str) -> bool:
        """Whether the old site holds the new content at `path`, undamaged."""
        try:
            return self._old.get(path) == self._new[path] and _digest(self.out / path) == self._new[path][0]
        except OSError:
            return False

    def _fill(self, same: Collection[str]) -> None:
        """Stage the new site, with what is the `same` in the old one taken from there."""
        self._new = dict(sorted(self._new.items()))
        self._write(MANIFEST, _written(self._new))
        for path, load in self._load.items():
            if path in same:
                _link(self.out / path, self._stage / path)
            else:
                self._write(path, load())
            _readable(self._stage / path, FILE)
        self._keep_foreign()
        for folder in (self._stage, *(path for path in self._stage.rglob("*") if path.is_dir())):
            _readable(folder, FOLDER)

    def _write(self, path: str, data: bytes) -> None:
        target = self._stage / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write(target, data)
        _readable(target, FILE)

    def _keep_foreign(self) -> None:
        """Carry over the files that no build wrote, such as a CNAME."""
        for file in self.out.rglob("*") if self.out.exists() else ():
            path = file.relative_to(self.out).as_posix()
            if file.is_file() and path not in self._old and path not in self._new and path != MANIFEST:
                _link(file, self._stage / path)

    def _mend(self) -> None:
        """Undo what a build that was killed has left: nobody else is at work here."""
        if self._aside.exists() and not self.out.exists():
            self._aside.rename(self.out)
        for left in (self._stage, self._aside):
            shutil.rmtree(left, ignore_errors=True)

    def _swap(self) -> None:
        if self.out.exists():
            self.out.rename(self._aside)
        try:
            self._stage.rename(self.out)
        except BaseException:
            if self._aside.exists() and not self.out.exists():
                self._aside.rename(self.out)
            raise
        shutil.rmtree(self._aside, ignore_errors=True)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _readable(path: Path, mode: int) -> None:
    """Give a published file its mode, whatever the umask; one of another user keeps its own."""
    with suppress(OSError):
        if stat.S_IMODE(path.stat().st_mode) != mode:
            path.chmod(mode)


def _manifest(out: Path) -> Mapping[str, tuple[str, int]]:
    try:
        files = json.loads((out / MANIFEST).read_bytes())["files"]
        return {str(path): (str(digest), int(size)) for path, (digest, size) in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _written(files: Mapping[str, tuple[str, int]]) -> bytes:
    text = json.dumps({"generator": f"kejian {__version__}", "files": files}, ensure_ascii=False, indent=1)
    return (text + "\n").encode()


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copy2(source, target)
