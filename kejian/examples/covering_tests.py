"""Finds the tests that cover an example: test functions that name it, in files that name its module."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from glob import glob

from kejian.core.disk.files import FileAccessError, Folder

_TEST = re.compile(r"^(?:async )?def (test_\w+)|^class (Test\w+)", re.MULTILINE)
_WORD = re.compile(r"\w+")
_IN_FILE = "in "
"""Stands before a word, in the index of words, where files are listed that name it."""


@dataclass(frozen=True, slots=True)
class CoveringTests:
    """The test files of a course. A test covers the words in its text, if its file names the module.

    A file names a module in its text, or by its own name: `test_lenet.py` for `lenet`.
    """

    folder: Folder
    _naming: dict[str, list[str]] = field(default_factory=dict)

    def of(self, symbol: str) -> tuple[str, ...]:
        """Return `tests/test_lenet.py::test_parameters` for each test that names `lenet.parameters`, in order."""
        if not self._naming:
            self._naming.update(_naming(tuple((path, self._text(path)) for path in self._paths())))
        module, _, name = symbol.rpartition(".")
        found = self._naming.get(name, ())
        files = set(self._naming.get(f"{_IN_FILE}{module.rpartition('.')[2]}", ()))
        return tuple(test for test in found if not module or test.partition("::")[0] in files)

    def _paths(self) -> list[str]:
        found = glob("tests/**/test_*.py", root_dir=self.folder.root, recursive=True)  # noqa: PTH207 -- see `contents`
        return sorted(found, key=lambda path: path.split("/"))

    def _text(self, path: str) -> str:
        try:
            return self.folder.text(path)
        except FileAccessError:
            return ""


@lru_cache(maxsize=4)
def _naming(texts: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """Index tests and files by the words in them; cached, since a preview asks after every edit."""
    naming: dict[str, list[str]] = {"": []}
    for path, text in texts:
        own = path.rpartition("/")[2].removeprefix("test_").removesuffix(".py")
        for word in dict.fromkeys([own, *_WORD.findall(text)]):
            naming.setdefault(f"{_IN_FILE}{word}", []).append(path)
        marks = list(_TEST.finditer(text))
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        for mark, end in zip(marks, ends, strict=True):
            for word in dict.fromkeys(_WORD.findall(text, mark.start(), end)):
                naming.setdefault(word, []).append(f"{path}::{mark[1] or mark[2]}")
    return naming
