"""Records what an example depends on while it runs: code of the course, folders, variables, packages.

Opened files are recorded by the audit hook of kejian_bounds. What raises no audit event is recorded here, by wrappers
of functions of `os`. Part of child.py: imports nothing of kejian.
"""

# ruff: noqa: PTH100, PTH112, PTH118, PTH120 -- pathlib is one of the things that this does without

from __future__ import annotations

import _thread
import functools
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING or __package__:
    from collections.abc import Callable, Iterable
    from types import FrameType
    from typing import Any

    from kejian.examples.child.kejian_marks import Ran
    from kejian.examples.child.kejian_noted import ReportingSet, SharedNotes
    from kejian.examples.child.kejian_outputs import READS, plain
else:  # the folder of a script is on its path
    from kejian_noted import ReportingSet, SharedNotes
    from kejian_outputs import READS, plain

_LIBRARY = os.path.dirname(os.path.realpath(os.__file__)) + os.sep
_OWN = os.path.dirname(os.path.realpath(__file__))
_FOLDERS = (_OWN, sys.prefix, sys.base_prefix, "/usr", "/lib", "/etc", "/proc", "/sys", "/dev", "/bin", "/opt")
_INSTALLED = tuple(
    {os.path.join(way(folder), ""): None for folder in _FOLDERS for way in (os.path.realpath, os.path.abspath)}
)
"""What belongs to Python or to the system, whose versions are in the key, and this program; each by its real path, and
as it is named, by a link perhaps."""
_IMPORTS = ("<frozen importlib", os.path.join(_LIBRARY, "importlib"))
_NUMBERS = "/proc/self/fd/"
ALL = "*"
"""Stands among variables for the names of all."""
_GIVEN = frozenset(("TMPDIR", "MPLCONFIGDIR", "KERAS_HOME"))
"""Variables that name folders of this one run."""


def is_installed(path: str) -> bool:
    """Return whether a real path belongs to Python, to the system, or to this program."""
    return path.startswith(_INSTALLED)


class ProcessTrace:
    """The trace of one process. Paths of the course are relative to it.

    on: whether code of the course is running. whole: something may have run, or been read, unrecorded.
    texts: Python files that were read as data. reads: other files, by their real paths.
    also: names and files of modules that a fork of the process has loaded.
    """

    def __init__(self) -> None:
        self.root = ""
        self.on = False
        self.whole = False
        self.loading = False
        self.ran: Ran = set()
        self.forks = SharedNotes()
        self.texts = ReportingSet("texts", self.forks)
        self.reads = ReportingSet("reads", self.forks)
        self.listed = ReportingSet("listed", self.forks)
        self.tested = ReportingSet("tested", self.forks)
        self.environment = ReportingSet("environment", self.forks)
        self.also = ReportingSet("also", self.forks)
        self._quiet: set[int] = set()
        self._pinned: frozenset[str] = frozenset()
        self._installed = _INSTALLED
        self._before: frozenset[str] = frozenset()

    def begin(self, root: str, pinned: list[str], *, marks: bool) -> None:
        """Start recording for the course in `root`. pinned: variables that are the same in every run."""
        self.root = root + os.sep
        self.whole = not marks
        self._before = frozenset(sys.modules)
        self._pinned = _GIVEN | frozenset(pinned)
        self._installed = tuple(folder for folder in _INSTALLED if not self.root.startswith(folder))
        for name in ("stat", "lstat", "access", "readlink", "open"):
            setattr(os, name, self._testing(getattr(os, name), notes=name != "open"))
        environ: Any = type(os.environ)
        environ.__getitem__ = self._asking(environ.__getitem__)
        environ.__iter__ = self._asking(environ.__iter__)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_parent=self._forked, after_in_child=self._left)

    def installed(self, path: str) -> bool:
        """Return whether a real path belongs to Python, to the system, or to this program."""
        return path.startswith(self._installed)

    def inside(self, path: str) -> str:
        """Return the course path of a real path, "" if it is not in the course.

        A course may contain this program, as its own repository does.
        """
        theirs = path.startswith(self.root) and not self.installed(path)
        return path[len(self.root) :] if theirs else ""

    def real(self, path: str) -> str:
        """Resolve a path without recording the accesses that this takes."""
        thread = _thread.get_ident()
        self._quiet.add(thread)
        try:
            return os.path.realpath(path)
        finally:
            self._quiet.discard(thread)

    def follow(self, path: str, real: str) -> None:
        """Record that a file was opened by a path that may contain a link of the course."""
        if path != real:
            self._test(path)

    def look_into(self, path: object) -> None:
        """Record that a folder was listed, unless Python looks for a module or a package there: see `seek`."""
        if _searches():
            return
        if isinstance(path, str | bytes | os.PathLike | int) or path is None:
            named = f"{_NUMBERS}{path}" if isinstance(path, int) else os.path.abspath(os.fsdecode(path or "."))
            real = self.real(named)
            self.follow(named, real)
            if len(self.listed) < READS and os.path.join(real, "").startswith(self.root) and not self.installed(real):
                self.listed.add(plain(os.path.join(real, "")[len(self.root) :].rstrip(os.sep)))

    def seek(self, name: str, folders: Iterable[object] | None) -> None:
        """Record that a module is looked for, by the course or by Python's library on its behalf."""
        frame: FrameType | None = sys._getframe(2)  # noqa: SLF001 -- as below
        while frame and frame.f_code.co_filename.startswith(_IMPORTS):
            frame = frame.f_back
        within = frame is not None and _is_library(frame.f_code.co_filename)
        if (within and name.partition(".")[0] in sys.stdlib_module_names) or not self._asks(3):
            return
        for folder in sys.path if folders is None else folders:
            if isinstance(folder, str):
                path = os.path.join(self.real(folder), name.rpartition(".")[2])
                self._test(path)
                self._test(f"{path}.py")
                if os.path.isdir(path):  # without it a package of the same name elsewhere comes first
                    self._test(os.path.join(path, "__init__.py"))

    def recorded(self) -> dict[str, Any]:
        """Return the records in the form of the answer."""
        loaded, packages = self._modules()
        loaded += [one for one in (word.rsplit(" ", 1) for word in sorted(self.also)) if one not in loaded]
        self.tested -= {path for _, path in loaded}
        noted = ("texts", "listed", "tested", "environment")
        return {
            "loaded": loaded,
            "ran": sorted([plain(path), plain(name)] for path, name in self.ran),
            "packages": packages,
            "whole": self.whole,
        } | {name: sorted(getattr(self, name)) for name in noted}

    def _modules(self) -> tuple[list[list[str]], list[str]]:
        """Return the course's modules in the order in which they started to load, with files; and packages' names."""
        loaded, packages = [], set()
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None)
            inside = self.inside(os.path.realpath(file)) if isinstance(file, str) else ""
            if inside and name != "__main__" and name not in self._before:
                loaded.append([plain(name), plain(inside)])
            elif isinstance(file, str) and "-packages" in file and name not in self._before:
                packages.add(plain(name.partition(".")[0]))
        return loaded, sorted(packages)

    def _forked(self) -> None:
        self.whole = self.whole or self.on

    def _left(self) -> None:
        self.forks.apart = self.forks.apart or self.on

    def _testing(self, function: Callable[..., Any], *, notes: bool) -> Callable[..., Any]:
        """Wrap `os.stat` or a similar function, to record which files and folders of the course it examines.

        A path relative to a folder descriptor is resolved, since the audit hook does not see that folder.
        """

        @functools.wraps(function)
        def noting(path: Any, *arguments: Any, **keywords: Any) -> Any:  # noqa: ANN401 -- as `os` has it
            if self.on and isinstance(path, str | bytes | os.PathLike) and _thread.get_ident() not in self._quiet:
                below = keywords.get("dir_fd")
                folder = self.real(f"{_NUMBERS}{below}") if below is not None else ""
                if self._is_course(folder):
                    keywords.pop("dir_fd")
                    whole = os.path.join(folder, os.fsdecode(path))
                    path = os.fsencode(whole) if isinstance(path, bytes) else whole
                if notes and "dir_fd" not in keywords:
                    self._test(os.path.abspath(os.fsdecode(path)))
            return function(path, *arguments, **keywords)

        for known in (os.supports_dir_fd, os.supports_effective_ids, os.supports_fd, os.supports_follow_symlinks):
            if function in known:
                known.add(noting)
        return noting

    def _test(self, path: str) -> None:
        inside = self.inside(path)
        if inside and not inside.endswith(".pyc") and not self._leads(path) and len(self.tested) < READS:
            self.tested.add(plain(inside))

    def _leads(self, path: str) -> bool:
        """Return whether a folder of the course is a parent of what is installed."""
        return any(folder.startswith(path + os.sep) for folder in self._installed)

    def _is_course(self, folder: str) -> bool:
        return f"{folder}{os.sep}".startswith(self.root) and not self.installed(folder)

    def _asking(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap a way of reading environment variables, one or all."""

        def noting(environ: Any, name: Any = ALL) -> Any:  # noqa: ANN401 -- as `os` has it
            asked = os.fsdecode(name) if self.on and isinstance(name, str | bytes) else ""
            if asked and asked not in self._pinned and len(self.environment) < READS and self._asks(2):
                self.environment.add(plain(asked))
            return function(environ) if name is ALL else function(environ, name)

        return noting

    def _asks(self, depth: int) -> bool:
        """Return whether the caller is the course, directly or by way of Python's library, and no package."""
        frame: FrameType | None = sys._getframe(depth)  # noqa: SLF001 -- `inspect` gives the same, and takes time to import
        while frame and _is_library(frame.f_code.co_filename):
            frame = frame.f_back
        return frame is not None and bool(self.inside(self.real(frame.f_code.co_filename)))


def _searches() -> bool:
    """Return whether the caller is an import searching a folder, or a search for installed packages."""
    return sys._getframe(3).f_code.co_filename.startswith(_IMPORTS)  # noqa: SLF001 -- as above


def _is_library(file: str) -> bool:
    return file.startswith("<frozen") or (file.startswith(_LIBRARY) and "-packages" not in file)
