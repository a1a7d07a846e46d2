"""Slides of another program: their attributes, lines and notes, and how a deck of ours is written from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.parse.lines.verbatim import Blocks

_PLAIN = re.compile(r"[\w./#%-]+")


@dataclass(frozen=True, slots=True)
class Translated:
    """A deck's new text, and what of the old one has no counterpart. files: new ones by their course paths."""

    text: str
    diagnostics: tuple[Diagnostic, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class ForeignSlide:
    """A slide. classes, attributes: for its mark. lines: its text with 1-based line numbers of the source."""

    lines: list[tuple[int, str]] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is on it."""
        drawn = any(name.startswith("data-background") for name in self.attributes)
        return not (drawn or self.notes or any(line.strip() for _, line in self.lines))


@dataclass(slots=True)
class Remarks:
    """What has no counterpart in the deck `path`, each kind once."""

    path: str
    program: str
    found: list[Diagnostic] = field(default_factory=list)
    _said: set[str] = field(default_factory=set)

    def add(self, line: int, what: str, hint: str) -> None:
        """Report that `what` has no counterpart. hint: what to type instead."""
        if what not in self._said:
            self._said.add(what)
            message = f"{self.program}: {what} has no counterpart here"
            self.found.append(warning("no-counterpart", Span(self.path, line), message, hint))


def prose(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int, str, bool]]:
    """Yield index, line number and text of each line, and whether it is outside of listings and formulas."""
    blocks, at = Blocks([text for _, text in lines]), 0
    while at < len(lines):
        end, _ = blocks.verbatim(at)
        for index in range(at, max(end, at + 1)):
            yield index, *lines[index], end <= at
        at = max(end, at + 1)


def deck(front: Mapping[str, object], slides: Iterable[ForeignSlide]) -> str:
    """Write a deck. front: its front matter."""
    parts = [_front(front)] if front else []
    return "\n".join([*parts, *map(_slide, slides)]).rstrip("\n") + "\n"


def _front(front: Mapping[str, object]) -> str:
    import yaml

    return f"---\n{yaml.safe_dump(dict(front), allow_unicode=True, sort_keys=False).rstrip()}\n---\n"


def _slide(slide: ForeignSlide) -> str:
    classes = "".join(f" .{name}" for name in dict.fromkeys(slide.classes))
    attributes = "".join(f" {name}={_value(value)}" for name, value in slide.attributes.items())
    text = _trimmed(list(_single_blanks(slide.lines)))
    notes = ["", "::: notes", *_trimmed(slide.notes), ":::"] if any(slide.notes) else []
    return "\n".join([f"<!-- slide{classes}{attributes} -->", "", *text, *notes, ""])


def _single_blanks(lines: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Yield the lines, of several blank ones outside of listings one."""
    before = ""
    for _, _, text, outside in prose(lines):
        if before.strip() or text.strip() or not outside:
            yield text
        before = text


def _value(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else '"' + value.replace('"', "&quot;") + '"'


def _trimmed(lines: Sequence[str]) -> list[str]:
    return "\n".join(lines).strip("\n").split("\n")
