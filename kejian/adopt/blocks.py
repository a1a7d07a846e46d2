"""The fences and comments of a deck, as the line pass sees them, and the outputs pasted below code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kejian.attributes import Attributes
from kejian.markdown.chunk import is_chunk
from kejian.markdown.fence import read_info
from kejian.reading.lines import Blocks

PYTHON = frozenset({"py", "python", "python3"})
_OUTPUTS = frozenset({"", "text", "txt", "plain", "plaintext", "none", "output", "out", "stdout", "console"})
_BEGIN, _END = "code_chunk_output", "/code_chunk_output"
_OPENER = re.compile(r"(?P<indent> *)(?P<ticks>`{3,}|~{3,})(?P<info>.*)")
_LABEL = 24
"""Characters of a line such as `输出：` that may stand between code and its output."""


@dataclass(frozen=True, slots=True)
class Fence:
    """A fence in lines `first` up to `end`, exclusive, counted from 0. code: what it holds, less its indent."""

    first: int
    end: int
    indent: str
    language: str
    attributes: Attributes
    code: str

    @property
    def chunk(self) -> bool:
        """Whether it asks to be run."""
        return is_chunk(self.attributes)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in lines `first` up to `end`, exclusive, counted from 0, and what it says."""

    first: int
    end: int
    text: str


Element = Fence | Remark


@dataclass(frozen=True, slots=True)
class Passage:
    """Python code on a slide, and the output that was pasted below it, `None` where there is none.

    end: the first line behind both. label: the lines between them that stay. drawn: the output is no text.
    """

    fence: Fence
    end: int
    pasted: str | None = None
    label: tuple[str, ...] = ()
    drawn: bool = False


def elements(lines: Sequence[str], first: int) -> Iterator[Element]:
    """The fences and comments from line `first` on. Fences in quotes, and behind a bullet on its line, are left out."""
    blocks = Blocks(lines)
    at = first
    while at < len(lines):
        end, _ = blocks.verbatim(at)
        if end > at:
            fence = _fence(lines, at, end)
            if fence:
                yield fence
            at = end
        elif lines[at].startswith("<!--") and (last := blocks.comment_end(at)) >= 0:
            text = "\n".join(lines[at : last + 1])
            yield Remark(at, last + 1, text[4 : text.index("-->", 4)].strip())
            at = last + 1
        else:
            at += 1


def _fence(lines: Sequence[str], at: int, end: int) -> Fence | None:
    opener = _OPENER.fullmatch(lines[at])
    if not opener:
        return None
    width = len(opener["indent"])
    body = [line[min(width, len(line) - len(line.lstrip(" "))) :] for line in lines[at + 1 : end - 1]]
    language, attributes = read_info(opener["info"])
    return Fence(at, end, opener["indent"], language, attributes, "\n".join(body))


def passages(lines: Sequence[str], found: Sequence[Element]) -> Iterator[Passage]:
    """The Python fences among the elements, each with its output."""
    for index, fence in enumerate(found):
        if isinstance(fence, Fence) and fence.language in PYTHON:
            yield _region(lines, found, index) or _below(lines, found, index) or Passage(fence, fence.end)


def written_contents(lines: Sequence[str], found: Sequence[Element]) -> Iterator[range]:
    """The lines of each table of contents that MPE has written below an import of `[TOC]`."""
    for index, remark in enumerate(found):
        if isinstance(remark, Remark) and remark.text.startswith('@import "[TOC]"'):
            end = _region_end(lines, found, index)
            if end:
                yield range(remark.end, end[1].end)


def _region(lines: Sequence[str], found: Sequence[Element], index: int) -> Passage | None:
    """The output that MPE writes into the deck, between two comments."""
    fence = found[index]
    end = _region_end(lines, found, index)
    if not isinstance(fence, Fence) or not end:
        return None
    inside = [one for one in found[index + 2 : end[0]] if isinstance(one, Fence)]
    start, stop = found[index + 1].end, end[1].first
    text = "\n".join(lines[start:stop]).strip("\n")
    if len(inside) == 1 and not _words(lines, start, inside[0].first) and not _words(lines, inside[0].end, stop):
        text = inside[0].code
    drawn = re.search(r"<(?:img|svg|div|table)\b|!\[", text) is not None and not inside
    return Passage(fence, end[1].end, None if drawn or not text.strip() else text, drawn=drawn)


def _region_end(lines: Sequence[str], found: Sequence[Element], index: int) -> tuple[int, Remark] | None:
    """Where the region ends that begins right below an element: its last comment, and which element that is."""
    begin = found[index + 1] if index + 1 < len(found) else None
    if not (isinstance(begin, Remark) and begin.text == _BEGIN) or _words(lines, found[index].end, begin.first):
        return None
    for number, one in enumerate(found[index + 2 :], index + 2):
        if isinstance(one, Remark) and one.text in (_BEGIN, _END):
            return (number, one) if one.text == _END else None
    return None


def _below(lines: Sequence[str], found: Sequence[Element], index: int) -> Passage | None:
    """The output in a plain fence below the code, at most a short line such as `输出：` between them."""
    fence, after = found[index], found[index + 1] if index + 1 < len(found) else None
    if not isinstance(fence, Fence) or not isinstance(after, Fence):
        return None
    between = _words(lines, fence.end, after.first)
    labelled = len(between) == 1 and len(between[0]) <= _LABEL and between[0].rstrip("*_ ").endswith((":", "："))
    if after.language not in _OUTPUTS or after.chunk or after.indent != fence.indent or (between and not labelled):
        return None
    label = tuple(lines[fence.end : after.first]) if between else ()
    return Passage(fence, after.end, after.code, label)


def _words(lines: Sequence[str], start: int, stop: int) -> list[str]:
    return [line.strip() for line in lines[start:stop] if line.strip()]
