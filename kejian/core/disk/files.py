"""The course folder as the only place a build reads from, whatever a path says and wherever a symbolic link leads."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kejian.core import encodings
from kejian.core.disk import file_cache, questions
from kejian.core.disk.file_cache import FileContent

LIMIT = 64 * 2**20
"""The largest file, in bytes, that is read into memory: far above any lecture, well below the machine."""


_HEAD = 2048
"""Bytes of a file by which a browser may guess what it is: more than any looks at."""


class FileAccessError(Exception):
    """A file of the course cannot be read: a message without the path, and a hint."""

    def __init__(self, why: str, hint: str = "") -> None:
        super().__init__(why)
        self.hint = hint


class NotTextError(FileAccessError):
    """A file of the course is not text in a known encoding."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Read access confined to `root`, with a memory of all reads.

    reads: each path that was read with its digest, or "" if it is missing; also `questions` with their answers.
    _folders: resolved folders, kept for the length of a build.
    """

    root: Path
    reads: dict[str, str] = field(default_factory=dict)
    _folders: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _real: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_real", os.path.realpath(self.root))

    def watched(self) -> Folder:
        """Return the same folder with an empty memory of reads."""
        return Folder(self.root, {}, self._folders)

    def note(self, reads: Mapping[str, str]) -> None:
        """Add the reads of another `watched` folder to this one's."""
        for path, digest in reads.items():
            if digest not in ("", "+") or path not in self.reads:
                self.reads[path] = digest

    def data(self, path: str) -> bytes:
        """Return the content of `path`, relative to the root. Raises `FileAccessError`."""
        self.reads[path] = ""
        content = self._load(path)
        self.reads[path] = content.digest
        return content.data

    def digest(self, path: str) -> str:
        """Return the digest of `path`, of any size. Raises `FileAccessError`, or `OSError` if the file vanishes."""
        self.reads[path] = ""
        real = self._real_path(path)
        found = _file(real)
        if found is None:
            raise FileAccessError("there is no such file", self._near(Path(real)))
        self.reads[path] = file_cache.digest(real, found)
        return self.reads[path]

    def head(self, path: str) -> bytes:
        """Return the first bytes of a file of any size. The whole file is recorded as read; raises like `digest`."""
        self.digest(path)
        with open(self._real_path(path), "rb") as file:  # noqa: PTH123 -- as in `contents`
            return file.read(_HEAD)

    def text(self, path: str) -> str:
        r"""Return `path` as text with `\n` line ends and no byte order mark. Raises `FileAccessError`."""
        text, encoding = self.any_text(path)
        if encoding:
            raise self._not_text(path)
        return text

    def any_text(self, path: str) -> tuple[str, str]:
        """Like `text`, for a file in any encoding that it declares or evidently uses; also return its name, "" for
        UTF-8.

        Raises `NotTextError` if the encoding is not evident.
        """
        data = self.data(path)
        try:
            text, encoding = encodings.decoded(data)
        except UnicodeDecodeError:
            raise self._not_text(path) from None
        if "\0" in text[:8192]:
            raise self._not_text(path)
        return text.replace("\r\n", "\n").replace("\r", "\n"), encoding

    def _not_text(self, path: str) -> NotTextError:
        data = self.data(path)
        if b"\0" in data[:8192]:
            return NotTextError("this is not a text file: it holds zero bytes", "save it as UTF-8 text")
        start = len(data)
        try:
            data.decode("utf-8-sig")
        except UnicodeDecodeError as e:
            start = e.start
        line = data.count(b"\n", 0, start) + 1
        return NotTextError(f"line {line} is not UTF-8 text", "save the file in the encoding UTF-8")

    def has(self, path: str) -> bool:
        """Return whether `path` is a readable file inside the folder."""
        try:
            found = _file(self._real_path(path)) is not None
        except (FileAccessError, OSError):  # a name can be too long for the system call
            found = False
        self.reads.setdefault(path, "+" if found else "")
        return found

    def asked(self, question: str) -> str:
        """Return the answer to one of `questions` about the course, and record it as a read."""
        self.reads[question] = self._digest(question, "?")
        return self.reads[question]

    def real(self, path: str) -> Path:
        """Return the real path of `path`. Raises `FileAccessError` if a link leads out of the folder."""
        return Path(self._real_path(path))

    def _real_path(self, path: str) -> str:
        if "\0" in path or path.startswith(("/", "../")) or path == "..":
            raise FileAccessError(
                "this path leads out of the course", "keep what a deck uses inside the course's folder"
            )
        try:
            real = self._followed(path)
        except (OSError, ValueError):
            raise FileAccessError("this is not a path that can be followed") from None
        if real != self._real and not real.startswith(self._real.rstrip(os.sep) + os.sep):
            raise FileAccessError(
                "this path leads out of the course", "keep what a deck uses inside the course's folder"
            )
        return real

    def _followed(self, path: str) -> str:
        """Resolve links in a path; each folder is resolved once a build."""
        folder, _, name = path.rpartition("/")
        if name in ("", ".", ".."):
            return os.path.realpath(f"{self._real}/{path}")
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(f"{self._real}/{folder}" if folder else self._real)
        real = f"{self._folders[folder].rstrip(os.sep)}/{name}"
        return os.path.realpath(real) if os.path.islink(real) else real  # noqa: PTH114 -- as in `contents`

    def file(self, path: str) -> Path:
        """Return the real path of a file. Raises `OSError` if a link leads out of the folder."""
        try:
            return self.real(path)
        except FileAccessError as e:
            raise FileNotFoundError(None, str(e), path) from None

    def unchanged(self, reads: Mapping[str, str]) -> bool:
        """Return whether a build that made these reads would read the same again."""
        return all(self._digest(path, digest) == digest for path, digest in reads.items())

    def _digest(self, path: str, known: str) -> str:
        try:
            if questions.is_question(path):
                return questions.answer(path, self._real_path(questions.subject(path)), self._real)
            real = self._real_path(path)
            found = _file(real)
            if found is None or known in ("", "+"):
                return "+" if found else ""
            return file_cache.digest(real, found)
        except (FileAccessError, OSError):
            return ""

    def _near(self, real: Path) -> str:
        """Return a hint that names a similarly named file in the same folder, or ""."""
        from difflib import get_close_matches

        names: list[str] = []
        if str(real) != self._real:  # folders outside of the course are not listed
            with suppress(OSError):
                names = [entry.name for entry in real.parent.iterdir()][:2000]
        near = get_close_matches(real.name, names, 1)
        return f"did you mean {near[0]}?" if near else "check the path; it is relative to the file it is written in"

    def _load(self, path: str) -> FileContent:
        real = self._real_path(path)
        try:
            found = _file(real)
            if found is None:
                raise FileAccessError("there is no such file", self._near(Path(real)))
            if found.st_size > LIMIT:
                raise FileAccessError(f"the file is larger than {LIMIT >> 20} MiB", "split it")
            return file_cache.read(real, found)
        except OSError as e:
            raise FileAccessError(f"the file cannot be read: {e.strerror}") from None


def _file(real: str) -> os.stat_result | None:
    """Return the state of the regular file `real`; `None` if there is none, or something else.

    Raises `OSError` if the state cannot be determined.
    """
    try:
        found = os.stat(real)  # noqa: PTH116 -- as in `contents`
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return found if stat.S_ISREG(found.st_mode) else None
