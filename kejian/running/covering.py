"""Which tests cover an example: test functions that name it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kejian.folder import Folder, Unreadable

_TEST = re.compile(r"^(?:async )?def (test_\w+)|^class (Test\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tests:
    """The test files of a course, read once; a test covers what its text names as a word."""

    folder: Folder
    _texts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def of(self, symbol: str) -> tuple[str, ...]:
        """`tests/test_lenet.py::test_parameters` for each test that names the last part of `symbol`, in order."""
        word = re.compile(rf"\b{re.escape(symbol.rpartition('.')[2])}\b")
        return tuple(
            f"{path}::{name}" for path, tests in self._tests().items() for name, text in tests if word.search(text)
        )

    def _tests(self) -> dict[str, list[tuple[str, str]]]:
        if not self._texts:
            for file in sorted(self.folder.root.glob("tests/**/test_*.py")):
                path = file.relative_to(self.folder.root).as_posix()
                self._texts[path] = self._split(path)
        return self._texts

    def _split(self, path: str) -> list[tuple[str, str]]:
        try:
            text = self.folder.text(path)
        except Unreadable:
            return []
        marks = list(_TEST.finditer(text))
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        return [(m[1] or m[2], text[m.start() : end]) for m, end in zip(marks, ends, strict=True)]
