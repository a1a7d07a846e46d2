"""Which tests cover an example: test functions that name it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from glob import glob

from kejian.folder import Folder, Unreadable

_TEST = re.compile(r"^(?:async )?def (test_\w+)|^class (Test\w+)", re.MULTILINE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Tests:
    """The test files of a course; a test covers what its text names as a word."""

    folder: Folder
    _naming: dict[str, list[str]] = field(default_factory=dict)

    def of(self, symbol: str) -> tuple[str, ...]:
        """`tests/test_lenet.py::test_parameters` for each test that names the last part of `symbol`, in order."""
        if not self._naming:
            self._naming.update(_naming(tuple((path, self._text(path)) for path in self._paths())))
        return tuple(self._naming.get(symbol.rpartition(".")[2], ()))

    def _paths(self) -> list[str]:
        found = glob("tests/**/test_*.py", root_dir=self.folder.root, recursive=True)  # noqa: PTH207 -- see `contents`
        return sorted(found, key=lambda path: path.split("/"))

    def _text(self, path: str) -> str:
        try:
            return self.folder.text(path)
        except Unreadable:
            return ""


@lru_cache(maxsize=4)
def _naming(texts: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """The tests that name a word, by that word; a preview asks of the same texts after every edit."""
    naming: dict[str, list[str]] = {"": []}
    for path, text in texts:
        marks = list(_TEST.finditer(text))
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        for mark, end in zip(marks, ends, strict=True):
            for word in dict.fromkeys(_WORD.findall(text, mark.start(), end)):
                naming.setdefault(word, []).append(f"{path}::{mark[1] or mark[2]}")
    return naming
