"""Records of a process and its forks, which report by way of a file.

Part of child.py: imports nothing of kejian and little else.
"""

# ruff: noqa: PTH123 -- pathlib is one of the things that it does without

from __future__ import annotations

import contextlib
import json
import os

_open = os.open


class SharedNotes:
    """Named sets of words. In a fork, as determined by `apart`, each new word is also written to the file."""

    def __init__(self) -> None:
        self.apart = False
        self.file = ""
        self.sets: dict[str, ReportingSet] = {}

    def hear(self) -> None:
        """Add what forks have reported."""
        with contextlib.suppress(OSError, ValueError), open(self.file, encoding="utf-8") as file:
            for line in file:
                name, word = json.loads(line)
                self.sets[name].add(word)

    def report(self, name: str, word: str) -> None:
        """Report a word to the process that was forked."""
        if not (self.apart and self.file):
            return
        with contextlib.suppress(OSError):
            number = _open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(number, f"{json.dumps([name, word])}\n".encode())
            finally:
                os.close(number)


class ReportingSet(set[str]):
    """A set that reports each new word."""

    def __init__(self, name: str, told: SharedNotes) -> None:
        super().__init__()
        self._name, self._told = name, told
        told.sets[name] = self

    def add(self, word: str) -> None:
        """Add a word, reporting a new one."""
        if word not in self:
            super().add(word)
            self._told.report(self._name, word)
