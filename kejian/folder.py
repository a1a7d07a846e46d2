"""A course's folder: the only files a build reads, whatever a path says and wherever a symbolic link leads."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from kejian import contents
from kejian.contents import Content

LIMIT = 64 * 2**20
"""The largest file, in bytes, that is read into memory: far above any lecture, well below the machine."""


class Unreadable(Exception):  # noqa: N818 -- reads as a state of the file; callers turn it into a diagnostic
    """Why a file of the course cannot be read: a sentence without the path, and what to do about it."""

    def __init__(self, why: str, hint: str = "") -> None:
        super().__init__(why)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Folder:
    """Reads below `root` alone, and remembers what was read: `reads` maps each path to its digest, or to "".

    _folders: where the folders lead that have been followed, for the length of a build.
    """

    root: Path
    reads: dict[str, str] = field(default_factory=dict)
    _folders: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _real: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_real", os.path.realpath(self.root))

    def watched(self) -> Folder:
        """The same folder with an empty memory of its reads."""
        return Folder(self.root, {}, self._folders)

    def note(self, reads: Mapping[str, str]) -> None:
        """Remember the reads of another `watched` folder as reads of this one."""
        for path, digest in reads.items():
            if digest not in ("", "+") or path not in self.reads:
                self.reads[path] = digest

    def data(self, path: str) -> bytes:
        """The content of `path`, relative to the root; raises `Unreadable`."""
        self.reads[path] = ""
        content = self._load(path)
        self.reads[path] = content.digest
        return content.data

    def digest(self, path: str) -> str:
        """The digest of the content of `path`, of any size; raises `Unreadable`, or `OSError` where it goes away."""
        self.reads[path] = ""
        real = self._real_path(path)
        found = _file(real)
        if found is None:
            raise Unreadable("there is no such file", self._near(Path(real)))
        self.reads[path] = contents.digest(real, found)
        return self.reads[path]

    def text(self, path: str) -> str:
        """The content of `path` as text with plain line ends and no byte order mark; raises `Unreadable`."""
        data = self.data(path)
        if b"\0" in data[:8192]:
            raise Unreadable("this is not a text file: it holds zero bytes", "save it as UTF-8 text")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as e:
            line = data.count(b"\n", 0, e.start) + 1
            raise Unreadable(f"line {line} is not UTF-8 text", "save the file in the encoding UTF-8") from None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def has(self, path: str) -> bool:
        """Whether `path` is a file inside the folder that can be read."""
        try:
            found = _file(self._real_path(path)) is not None
        except (Unreadable, OSError):  # a name can be too long to ask for
            found = False
        self.reads.setdefault(path, "+" if found else "")
        return found

    def real(self, path: str) -> Path:
        """Where `path` is on disk, links resolved; raises `Unreadable` where it leads out of the folder."""
        return Path(self._real_path(path))

    def _real_path(self, path: str) -> str:
        if "\0" in path or path.startswith(("/", "../")) or path == "..":
            raise Unreadable("this path leads out of the course", "keep what a deck uses inside the course's folder")
        try:
            real = self._followed(path)
        except (OSError, ValueError):
            raise Unreadable("this is not a path that can be followed") from None
        if real != self._real and not real.startswith(self._real.rstrip(os.sep) + os.sep):
            raise Unreadable("this path leads out of the course", "keep what a deck uses inside the course's folder")
        return real

    def _followed(self, path: str) -> str:
        """Where a path leads; each folder is followed once."""
        folder, _, name = path.rpartition("/")
        if name in ("", ".", ".."):
            return os.path.realpath(f"{self._real}/{path}")
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(f"{self._real}/{folder}" if folder else self._real)
        real = f"{self._folders[folder].rstrip(os.sep)}/{name}"
        return os.path.realpath(real) if os.path.islink(real) else real  # noqa: PTH114 -- as in `contents`

    def file(self, path: str) -> Path:
        """Where the file `path` is on disk; raises `OSError` where it leads out of the folder."""
        try:
            return self.real(path)
        except Unreadable as e:
            raise FileNotFoundError(None, str(e), path) from None

    def unchanged(self, reads: Mapping[str, str]) -> bool:
        """Whether a build that made these reads would find the same again."""
        return all(self._digest(path, digest) == digest for path, digest in reads.items())

    def _digest(self, path: str, known: str) -> str:
        try:
            real = self._real_path(path)
            found = _file(real)
            if found is None or known in ("", "+"):
                return "+" if found else ""
            return contents.digest(real, found)
        except (Unreadable, OSError):
            return ""

    def _near(self, real: Path) -> str:
        """A hint that names the file in the same folder that the author may have meant."""
        from difflib import get_close_matches

        names: list[str] = []
        if str(real) != self._real:  # beside the course itself nothing is looked at
            with suppress(OSError):
                names = [entry.name for entry in real.parent.iterdir()][:2000]
        near = get_close_matches(real.name, names, 1)
        return f"did you mean {near[0]}?" if near else "check the path; it is relative to the file it is written in"

    def _load(self, path: str) -> Content:
        real = self._real_path(path)
        try:
            found = _file(real)
            if found is None:
                raise Unreadable("there is no such file", self._near(Path(real)))
            if found.st_size > LIMIT:
                raise Unreadable(f"the file is larger than {LIMIT >> 20} MiB", "split it")
            return contents.read(real, found)
        except OSError as e:
            raise Unreadable(f"the file cannot be read: {e.strerror}") from None


def _file(real: str) -> os.stat_result | None:
    """What is known of the file at `real`; `None` where there is none, or a folder, or what is neither.

    Raises `OSError` where it cannot be told.
    """
    try:
        found = os.stat(real)  # noqa: PTH116 -- as in `contents`
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def resolve(base: str, target: str) -> str:
    """The course path of a `target` written in the file `base`: relative to it, or to the course after a `/`."""
    target = unquote(target).replace("\\", "/")
    path = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(base), target)
    return posixpath.normpath(path) if path else path


def is_remote(target: str) -> bool:
    """Whether a link or picture target names something outside the folder: a scheme, or `//host`."""
    head = target.strip().split("/", 1)[0].split("?", 1)[0].split("#", 1)[0]
    return target.strip().startswith("//") or ":" in head
