"""Editions of a course: what is only some readers' is left out before anything else is read.

`::: {.only edition="teacher"}` and `.except`, `<!-- slide edition="teacher" -->`, and `::: solution`. Lines that are
left out become blank, so that the others keep their numbers; nothing in them is imported, run or published. In a
course with editions, `.only` without `edition`, and a misspelt `edition`, are in no site until that is fixed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from kejian.core.attributes import Attributes
from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.parse.lines.comments import read_comment
from kejian.parse.lines.verbatim import Blocks
from kejian.parse.markdown import containers

EVERY = "*"
"""The edition that holds everything: what is checked, and what the record is kept for."""
_BEFORE = re.compile(r"^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*+")
_ATTRIBUTE = "edition"
_CLASSES = ("only", "except")


@dataclass(frozen=True, slots=True)
class Edition:
    """The edition that is built. name: "" for the one that has none. known: those that the course lists.

    solutions: the editions that show `::: solution`; without any edition in the course all do.
    """

    name: str = ""
    known: tuple[str, ...] = ()
    solutions: tuple[str, ...] = ()

    def lines(self, written: Sequence[str]) -> Sequence[str]:
        """Return the lines of a Markdown file, or of a part of one, without what is not of this edition."""
        if self.name == EVERY or not self._concerns(written):
            return written
        kept = list(written)
        for start, end in self._others(written):
            kept[start:end] = [""] * (end - start)
        return kept

    def findings(self, written: Sequence[str], path: str, first: int = 1) -> Iterator[Diagnostic]:
        """Yield a warning for each edition that the lines name and the course does not list."""
        if not self._concerns(written):
            return
        for at, attributes, _ in _marks(written):
            for name in attributes.text(_ATTRIBUTE).split() if attributes else ():
                if name not in self.known:
                    known = ", ".join(self.known) or "none"
                    message = f"no edition is called {name}, so no site shows this; the course lists {known}"
                    hint = f'write editions = ["{name}"] in kejian.toml'
                    yield warning("unknown-edition", Span(path, first + at), message, hint)
            if self.known and attributes and (what := _unnamed(attributes)):
                hint = f'write {_ATTRIBUTE}="{self.known[0]}"'
                yield warning("unknown-edition", Span(path, first + at), f"{what}, so no site shows this", hint)

    def holds(self, attributes: Attributes) -> bool:
        """Return whether a container or a slide with these attributes is of this edition."""
        if self.name == EVERY:
            return True
        classes = attributes.text("class").split()
        names = attributes.text("edition").split()
        if self.known and (("solution" in classes and self.name not in self.solutions) or _unnamed(attributes)):
            return False
        return not names or ((self.name in names) != ("except" in classes))

    def _concerns(self, written: Sequence[str]) -> bool:
        """Return whether anything in the lines may be of one edition: without a list of them, if one is named."""
        return bool(self.known) or any(_ATTRIBUTE in line for line in written)

    def _others(self, written: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield the ranges of lines that belong to other editions; one that is never closed ends with its slide."""
        start, depth = -1, 0  # of what is left out: its first line, and its open containers, none for a slide
        for at, attributes, slide in _marks(written):
            if slide:
                if start >= 0:
                    yield start, at
                start, depth = -1 if attributes is None or self.holds(attributes) else at, 0
            elif start < 0 and attributes is not None and not self.holds(attributes):
                start, depth = at, 1
            elif depth:
                depth += -1 if attributes is None else 1
                if not depth:
                    yield start, at + 1
                    start = -1
        if start >= 0:
            yield start, len(written)


def _unnamed(attributes: Attributes) -> str:
    """Return why it is open which editions are meant, as words; "" if that is clear."""
    if attributes.text(_ATTRIBUTE):
        return ""
    if near := get_close_matches(_ATTRIBUTE, [name for name, _ in attributes.items], 1, 0.82):
        return f"`{near[0]}` is not `{_ATTRIBUTE}`"
    named = [name for name in _CLASSES if name in attributes.text("class").split()]
    return f"`.{named[0]}` names no edition" if named else ""


NONE = Edition()
"""What is built without `--edition`."""


class _Mark(NamedTuple):
    """A slide mark, or a fence of a container, with its line. attributes: `None` for a fence that closes."""

    line: int
    attributes: Attributes | None
    slide: bool


def _marks(written: Sequence[str]) -> Iterator[_Mark]:
    """Yield the marks and fences outside of code and formulas."""
    blocks, at = Blocks(written), 0
    while at < len(written):
        end, _ = blocks.verbatim(at)
        if end > at:
            at = end
        elif written[at].startswith("<!--"):
            comment = read_comment(written, at, blocks.comment_end(at), Span("", at + 1))
            if comment.mark is not None:
                yield _Mark(at, comment.mark, slide=True)
            at = comment.next
        else:
            if fence := containers.fence(_BEFORE.sub("", written[at], count=1)):
                yield _Mark(at, containers.attributes(fence.info) if fence.info else None, slide=False)
            at += 1
