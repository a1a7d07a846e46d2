"""Which tests cover an example: test functions that name it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from kejian.folder import Folder, Unreadable

_TEST = re.compile(r"^(?:async )?def (test_\w+)|^class (Test\w+)", re.MULTILINE)
_WORD = re.compile(r"\w+")
_Named = tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Tests:
    """The test files of a course, read once; a test covers what its text names as a word."""

    folder: Folder
    _texts: dict[str, _Named] = field(default_factory=dict)

    def of(self, symbol: str) -> tuple[str, ...]:
        """`tests/test_lenet.py::test_parameters` for each test that names the last part of `symbol`, in order."""
        word = symbol.rpartition(".")[2]
        return tuple(
            f"{path}::{name}" for path, tests in self._tests().items() for name, words in tests if word in words
        )

    def _tests(self) -> dict[str, _Named]:
        if not self._texts:
            for file in sorted(self.folder.root.glob("tests/**/test_*.py")):
                path = file.relative_to(self.folder.root).as_posix()
                self._texts[path] = self._named(path)
        return self._texts

    def _named(self, path: str) -> _Named:
        try:
            return _named(self.folder.text(path))
        except Unreadable:
            return ()


@lru_cache(maxsize=2048)
def _named(text: str) -> _Named:
    """Each test of a file with the words in it; a preview asks for the same texts after every edit."""
    marks = list(_TEST.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    words = [frozenset(_WORD.findall(text, m.start(), end)) for m, end in zip(marks, ends, strict=True)]
    return tuple((m[1] or m[2], found) for m, found in zip(marks, words, strict=True))
