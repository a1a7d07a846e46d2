"""Captures an example's messages: on standard error, warnings, logs, and letters missing in a figure's fonts.

Messages of the course's own code are kept with their place; those of packages are not. Part of child.py: imports
nothing of kejian and little else.
"""

# ruff: noqa: PTH118, PTH120 -- pathlib is one of the things that it does without

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import warnings
from collections import deque

TYPE_CHECKING = False
if TYPE_CHECKING or __package__:
    from collections.abc import Iterator
    from typing import Any

    from kejian.examples.child.kejian_outputs import plain
    from kejian.examples.child.kejian_trace import is_installed
else:  # the folder of a script is on its path
    from kejian_outputs import plain
    from kejian_trace import is_installed

_LINES, _LINE, _PARTS = 20, 300, 400
"""Lines that are kept, those at the end; characters of each; how often something is said that is looked at."""
_GLYPHS = 40
_GLYPH = re.compile(r"Glyph (\d+) \(.*\) missing from ")
_OWN = os.path.join(os.path.dirname(os.path.realpath(__file__)), "")
_LIBRARY = os.path.join(os.path.dirname(os.path.realpath(os.__file__)), "")
_PACKAGES = (os.sep + "site-packages" + os.sep, os.sep + "dist-packages" + os.sep)


@contextlib.contextmanager
def drawing() -> Iterator[list[Any]]:
    """Collect warnings about letters that a figure's font lacks, whatever warning filters the example has set.

    The warnings are issued at the end; until then they are in the yielded list.
    """
    missing: list[Any] = []
    with warnings.catch_warnings():
        warnings.filterwarnings("always", "Glyph ", UserWarning)
        shows = warnings.showwarning

        def warned(message: Any, *rest: Any, **others: Any) -> None:  # noqa: ANN401 -- as `warnings` has it
            if _GLYPH.match(str(message)):
                missing.append(message)
            else:
                shows(message, *rest, **others)

        warnings.showwarning = warned
        yield missing
    for message in missing:
        warnings.showwarning(message, UserWarning, "", 0)


class StderrCapture(io.TextIOWrapper):
    """A stand-in for standard error that passes everything on."""

    def __init__(self, root: str) -> None:
        self._before = sys.stderr
        super().__init__(self._before.buffer, "utf-8", "backslashreplace", write_through=True)
        self.mode = "w"  # type: ignore[misc]  # as that of a program
        self._root = os.path.join(root, "")
        self._parts: deque[str] = deque(maxlen=_PARTS)
        self._place = ""
        self._glyphs: dict[str, None] = {}
        self._shows = warnings.showwarning
        sys.stderr = self
        warnings.showwarning = self._warned

    def restart(self) -> None:
        """Discard what was captured."""
        self._parts.clear()
        self._glyphs.clear()
        self._place = ""

    def captured(self) -> dict[str, Any]:
        """Return the last captured lines, the place of the last one, and the missing letters."""
        whole = "".join(self._parts).replace("\r\n", "\n")
        states = (line.rstrip("\r").rpartition("\r")[2] for line in whole.split("\n"))  # the last state of a bar
        text = "\n".join(states)
        lines = [plain(line)[:_LINE] for line in text.splitlines()[-_LINES:]]
        return {
            "said": "".join(f"{line}\n" for line in lines),
            "said_at": plain(self._place)[:_LINE],
            "glyphs": "".join(self._glyphs),
        }

    def write(self, text: str) -> int:
        """Pass the text on, and keep it if the course's own code wrote it."""
        place = self._writer()
        if place is not None:
            self._keep(text, place)
        return super().write(text)

    def _keep(self, text: str, place: str) -> None:
        self._parts.append(text[-_LINES * _LINE :])
        self._place = place or self._place

    def _writer(self) -> str | None:
        """Return where the course's own code writes this, possibly by way of the standard library;
        `None` for others.
        """
        frame: Any = sys._getframe(2)  # noqa: SLF001 -- what `inspect` calls, and takes long to import
        while frame:
            file = frame.f_code.co_filename
            if place := self._placed(file, frame.f_lineno):
                return place
            if not (file.startswith(("<", _OWN)) or _is_library(file)):
                return None
            frame = frame.f_back
        return ""

    def _placed(self, file: str, line: int) -> str:
        inside = file.startswith(self._root) and not is_installed(file)
        return f"{file[len(self._root) :].replace(os.sep, '/')}:{line}" if inside else ""

    def _warned(  # the signature of `warnings.showwarning`
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: Any = None,  # noqa: ANN401 -- as there
        line: str | None = None,
    ) -> None:
        if found := _GLYPH.match(str(message)):
            if len(self._glyphs) < _GLYPHS:
                self._glyphs[chr(int(found[1]))] = None
        elif file is None and sys.stderr is self:
            if place := self._placed(filename, lineno):
                self._keep(f"{place}: {category.__name__}: {message}\n", place)
            super().write(warnings.formatwarning(message, category, filename, lineno, line))
        else:
            self._shows(message, category, filename, lineno, file, line)


def _is_library(file: str) -> bool:
    return file.startswith(_LIBRARY) and not any(name in file for name in _PACKAGES)
