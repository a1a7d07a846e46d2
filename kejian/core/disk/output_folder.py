"""Folders that commands write into, opened by descriptor so that no symbolic link in them is followed.

A checkout can contain a link wherever a command writes. At the end of a path a link is replaced like a file; on the way
there it is an error.
"""

# ruff: noqa: PTH208 -- pathlib knows no handles

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path
from secrets import token_hex

from kejian.core.disk.locks import locked
from kejian.core.disk.open_folder import OpenFolder, is_folder, opened
from kejian.core.disk.scratch import NEW

_ELSEWHERE = (errno.EXDEV, errno.EROFS, errno.EACCES)


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """A folder and everything below it; paths are relative to it, with `/` as the separator.

    base: an existing, trusted folder. mode: of the folders created below it; `None` leaves it to the umask.
    """

    base: Path
    mode: int | None = None

    def create(self, path: str, data: bytes, mode: int | None = None) -> None:
        """Create and write a file, and its parent folders. Raises `OSError`."""
        with self._parent(path) as (folder, name):
            folder.create(name, data, mode)

    def replace(self, path: str, data: bytes, aside: Path | None = None) -> None:
        """Write `data` to `path` atomically; a link there is itself replaced.

        aside: a folder of ours for the temporary file; without it, or if it cannot be used, that stands beside `path`.
            `scratch.sweep_files` removes what a killed process leaves there. Raises `OSError`.
        """
        try:
            with self._parent(path) as (folder, name):
                if aside is None:
                    _replace(folder, name, data, folder)
                else:
                    aside.mkdir(parents=True, exist_ok=True)
                    _replace(folder, name, data, OpenFolder(aside, None))
        except OSError as e:
            if aside is None or e.errno not in _ELSEWHERE:
                raise
            self.replace(path, data)

    def fresh(self, path: str) -> None:
        """Recreate the folder empty; a link there is removed, not followed."""
        self.remove(path)
        with self._parent(path) as (folder, name):
            folder.make(name, self.mode)

    def remove(self, path: str) -> None:
        """Remove `path` with everything in it; no-op if it is missing. Raises `OSError`."""
        with self._parent(path) as (folder, name):
            folder.remove(name)

    def rename(self, old: str, new: str) -> None:
        """Rename a file or a folder. Raises `OSError`."""
        with self._parent(old) as (source, name), self._parent(new) as (target, wanted):
            source.move(name, target, wanted)

    def move_in(self, source: Path, path: str, mode: int) -> None:
        """Move the file `source`, on the same disk, to `path`. Raises `OSError`."""
        source.chmod(mode)
        with self._parent(path) as (folder, name):
            OpenFolder(source.parent, None).move(source.name, folder, name)

    def holds(self, path: str) -> bool:
        """Return whether `path` is a folder. Raises `InTheWayError` if it is something else."""
        try:
            with self._parent(f"{path}/.", make=False):
                return True
        except FileNotFoundError:
            return False

    @contextmanager
    def open(self, path: str, limit: int | None = None) -> Iterator[BufferedReader]:
        """Open the regular file at `path`. Raises `OSError`, also for a link and for a file larger
        than `limit` bytes.
        """
        with self._parent(path, make=False) as (folder, name), folder.read(name) as file:
            if limit is not None and os.fstat(file.fileno()).st_size > limit:
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(folder.path / name))
            yield file

    def digest(self, path: str) -> str:
        """Return the SHA-256 digest of the regular file at `path`. Raises `OSError`."""
        with self.open(path) as file:
            return file_digest(file, "sha256").hexdigest()

    def link(self, old: str, new: str, mode: int) -> None:
        """Hard-link the regular file `old` as `new`, or copy it where that is not possible. Raises `OSError`."""
        with self.open(old) as file, self._parent(old) as (source, name), self._parent(new) as (target, wanted):
            try:
                ends = source.at("src_dir_fd") | target.at("dst_dir_fd")
                os.link(source.name(name), target.name(wanted), follow_symlinks=False, **ends)
            except (OSError, NotImplementedError):
                target.create(wanted, file.read(), mode)
                return
            if hasattr(os, "fchmod") and stat.S_IMODE(os.fstat(file.fileno()).st_mode) != mode:
                with suppress(OSError):  # another user's file keeps its mode
                    os.fchmod(file.fileno(), mode)

    def files(self, path: str) -> Iterator[tuple[str, os.stat_result]]:
        """Yield the files below the folder `path`, as paths relative to it with their states,
        without following links.
        """
        with self._parent(f"{path}/.", make=False) as (folder, _):
            names = os.listdir(folder.path if folder.handle is None else folder.handle)
            found = [(name, folder.stat(name)) for name in sorted(names)]
        for name, one in found:
            if one is not None and is_folder(one):
                yield from ((f"{name}/{rest}", about) for rest, about in self.files(f"{path}/{name}"))
            elif one is not None:
                yield name, one

    @contextmanager
    def _parent(self, path: str, *, make: bool = True) -> Iterator[tuple[OpenFolder, str]]:
        """Open the parent folder of `path`; yield it with the last name. make: create missing folders."""
        *folders, name = path.split("/")
        if make:
            self.base.mkdir(parents=True, exist_ok=True)
        here = opened(self.base)
        try:
            for part in folders:
                if make and here.stat(part) is None:
                    with suppress(FileExistsError):  # another process was faster
                        here.make(part, self.mode)
                inner = here.folder(part)
                here.close()
                here = inner
            yield here, name
        finally:
            here.close()


def output_folder(folder: Path, course: Path, mode: int | None = None) -> tuple[OutputFolder, str]:
    """Split the path of a `folder` that a command writes into a trusted base and a rest in which links are errors.

    Inside the course's checkout the base is the checkout. Elsewhere it is the parent: the user typed that path, and
    knows where its links lead.
    """
    top = _checkout(course.resolve())
    written = Path(os.path.abspath(folder))  # noqa: PTH100 -- `resolve` would follow links
    for above in reversed(written.parents):
        if above.resolve() == top:
            return OutputFolder(top, mode), written.relative_to(above).as_posix()
    return OutputFolder(written.parent.resolve(), mode), written.name


def _checkout(course: Path) -> Path:
    """Return the folder of the Git checkout around a course, or the course itself."""
    return next((folder for folder in (course, *course.parents) if (folder / ".git").exists()), course)


def _replace(folder: OpenFolder, name: str, data: bytes, aside: OpenFolder) -> None:
    new = f"{NEW}{os.getpid()}-{token_hex(4)}"
    with locked(aside.path, shared=True):
        try:
            aside.create(new, data)
            aside.move(new, folder, name)
        except BaseException:
            with suppress(FileNotFoundError):
                aside.remove(new)
            raise
