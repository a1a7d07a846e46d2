"""Publish a site: staged aside, swapped in, nothing on error; what we did not write is never touched."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path

from kejian import __version__
from kejian.glance import MANIFEST


class NotOurs(Exception):  # noqa: N818 -- names what the folder is
    """The output folder holds files that no build wrote."""


@dataclass(slots=True)
class Site:
    """A site being published into `out`: give it every file, then `commit`; without that nothing changes.

    A crash between the two renames of the swap leaves the old site beside `out`; the next build puts it back.
    """

    out: Path
    _old: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    _new: dict[str, tuple[str, int]] = field(default_factory=dict)
    _kept: dict[str, Callable[[], bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.out = self.out.resolve()
        if self._aside.exists() and not self.out.exists():
            self._aside.rename(self.out)
        self._old = _manifest(self.out)
        if not self._old and self.out.exists() and any(self.out.iterdir()):
            raise NotOurs
        shutil.rmtree(self._stage, ignore_errors=True)

    @property
    def _stage(self) -> Path:
        return self.out.with_name(f".{self.out.name}.new-{os.getpid()}")

    @property
    def _aside(self) -> Path:
        return self.out.with_name(f".{self.out.name}.old")

    def write(self, path: str, data: bytes) -> str:
        """Publish `data` at `path`; returns its digest."""
        digest = sha256(data).hexdigest()
        self.keep(path, digest, len(data), lambda: data)
        if not self._same(path):
            del self._kept[path]
            self._write(path, data)
        else:
            self._kept[path] = self._unreachable
        return digest

    def keep(self, path: str, digest: str, size: int, load: Callable[[], bytes]) -> None:
        """Publish at `path` what has this `digest` and `size`, taken from the old site or else from `load`."""
        self._new[path] = (digest, size)
        self._kept[path] = load

    def copy(self, path: str, source: Path) -> str:
        """Publish the file `source` at `path`; returns its digest. Raises `OSError` where it cannot be read."""
        with source.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        self.keep(path, digest, source.stat().st_size, source.read_bytes)
        return digest

    def commit(self) -> int:
        """Swap the new site in; returns how many files were written. An unchanged site is left alone."""
        changed = [path for path in self._new if path not in self._kept or not self._same(path)]
        if not changed and self._new.keys() == self._old.keys():
            return 0
        self._new = dict(sorted(self._new.items()))
        self._write(MANIFEST, _written(self._new))
        for path, load in self._kept.items():
            if self._same(path):
                _link(self.out / path, self._stage / path)
            else:
                self._write(path, load())
        self._keep_foreign()
        self._swap()
        return len(changed)

    def abandon(self) -> None:
        """Remove what was staged."""
        shutil.rmtree(self._stage, ignore_errors=True)

    def _unreachable(self) -> bytes:
        raise FileNotFoundError(self.out)

    def _same(self, path: str) -> bool:
        """Whether the old site holds the new content at `path`, going by the manifest and the size on disk."""
        try:
            return self._old.get(path) == self._new[path] and (self.out / path).stat().st_size == self._new[path][1]
        except OSError:
            return False

    def _write(self, path: str, data: bytes) -> None:
        target = self._stage / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    def _keep_foreign(self) -> None:
        """Carry over the files that no build wrote, such as a CNAME."""
        for file in self.out.rglob("*") if self.out.exists() else ():
            path = file.relative_to(self.out).as_posix()
            if file.is_file() and path not in self._old and path not in self._new and path != MANIFEST:
                _link(file, self._stage / path)

    def _swap(self) -> None:
        shutil.rmtree(self._aside, ignore_errors=True)
        self.out.parent.mkdir(parents=True, exist_ok=True)
        if self.out.exists():
            self.out.rename(self._aside)
        try:
            self._stage.rename(self.out)
        except BaseException:
            if self._aside.exists() and not self.out.exists():
                self._aside.rename(self.out)
            raise
        shutil.rmtree(self._aside, ignore_errors=True)


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
