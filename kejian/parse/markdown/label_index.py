"""Finds abbreviations in text in linear time, however many there are."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import neg

_WORD = re.compile(r"[A-Za-z0-9_]")


@dataclass(slots=True)
class Labels:
    """Meanings of labels. At one position the longest label wins; of two meanings the first.

    _lengths: by first character, the lengths of labels, longest first. _start: matches any of these characters.
    """

    meanings: dict[str, str] = field(default_factory=dict)
    _lengths: dict[str, list[int]] = field(default_factory=dict, repr=False)
    _start: re.Pattern[str] | None = field(default=None, repr=False, compare=False)

    def add(self, label: str, meaning: str) -> None:
        """Define a non-empty `label`, unless it is defined already."""
        if label in self.meanings:
            return
        self.meanings[label] = meaning
        lengths = self._lengths.get(label[0])
        if lengths is None:
            self._lengths[label[0]] = [len(label)]
            self._start = None
        elif len(label) not in lengths:
            insort(lengths, len(label), key=neg)

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield each label in `text` that is not part of a longer Latin word, with its position.

        Requires at least one label.
        """
        if self._start is None:
            self._start = re.compile(rf"(?<![A-Za-z0-9_])[{re.escape(''.join(self._lengths))}]")
        found = self._start.search(text)
        while found:
            label = self._at(text, found.start())
            if label:
                yield found.start(), label
            found = self._start.search(text, found.start() + max(1, len(label)))

    def _at(self, text: str, start: int) -> str:
        for length in self._lengths[text[start]]:
            label = text[start : start + length]
            if label in self.meanings and not _WORD.match(text, start + length):
                return label
        return ""
