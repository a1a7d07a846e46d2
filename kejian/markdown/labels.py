"""Labels of abbreviations, found in text in time linear in the text, however many there are."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import neg

_WORD = re.compile(r"[A-Za-z0-9_]")


@dataclass(slots=True)
class Labels:
    """What labels mean. Of two labels at one place the longer counts, of two meanings of a label the first.

    _lengths: of the labels that begin with a character, the longest first. _start: any of those characters.
    """

    meanings: dict[str, str] = field(default_factory=dict)
    _lengths: dict[str, list[int]] = field(default_factory=dict, repr=False)
    _start: re.Pattern[str] | None = field(default=None, repr=False, compare=False)

    def add(self, label: str, meaning: str) -> None:
        """Let `label`, which is not empty, have a meaning, if it has none yet."""
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
        """Where each label in `text` begins that is not a part of a longer Latin word, and the label.

        There must be labels.
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
