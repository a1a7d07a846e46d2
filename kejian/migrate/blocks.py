"""Fences and comments of a deck, recognised as in the line pass, and outputs pasted below code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kejian.core.attributes import Attributes
from kejian.parse.lines.verbatim import Blocks
from kejian.parse.markdown import info
from kejian.parse.markdown.chunk import is_chunk

PYTHON = frozenset({"py", "python", "python3"})
OUTPUTS = frozenset({"", "text", "txt", "plain", "plaintext", "none", "output", "out", "stdout", "console"})
_BEGIN, _END = "code_chunk_output", "/code_chunk_output"
_OPENER = re.compile(r"(?P<indent> *)(?P<ticks>`{3,}|~{3,})(?P<info>.*)")
_LABEL = 24
"""Characters of a line such as `输出：` that may stand between code and its output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """A fence in lines `first` to `end`, 0-based and exclusive. code: its content without its indentation."""

    first: int
    end: int
    indent: str
    language: str
    attributes: Attributes
    code: str

    @property
    def chunk(self) -> bool:
        """Return whether it is a chunk to be run."""
        return is_chunk(self.attributes)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in lines `first` to `end`, 0-based and exclusive, and its text."""

    first: int
    end: int
    text: str


Element = Fence | Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePassage:
    """Python code on a slide, and the output pasted below it, `None` if there is none.

    end: the first line after both. label: lines between them that are kept. drawn: the output is not text.
    """

    fence: Fence
    end: int
    pasted: str | None = None
    label: tuple[str, ...] = ()
    drawn: bool = False


def elements(lines: Sequence[str], first: int) -> Iterator[Element]:
    """Yield the fences and comments from line `first` on, except fences in quotes or on the line of a bullet."""
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
    language, attributes = info.read(opener["info"])
    return Fence(
        first=at, end=end, indent=opener["indent"], language=language, attributes=attributes, code="\n".join(body)
    )


def passages(lines: Sequence[str], found: Sequence[Element]) -> Iterator[CodePassage]:
    """Yield the Python fences among the elements, each with its pasted output."""
    for index, fence in enumerate(found):
        if isinstance(fence, Fence) and fence.language in PYTHON:
            yield _region(lines, found, index) or _below(lines, found, index) or CodePassage(fence=fence, end=fence.end)


def written_contents(lines: Sequence[str], found: Sequence[Element]) -> Iterator[range]:
    """Yield the lines of each table of contents that MPE has generated below an import of `[TOC]`."""
    for index, remark in enumerate(found):
        if isinstance(remark, Remark) and remark.text.startswith('@import "[TOC]"'):
            end = _region_end(lines, found, index)
            if end:
                yield range(remark.end, end[1].end)


def _region(lines: Sequence[str], found: Sequence[Element], index: int) -> CodePassage | None:
    """Recognise output that MPE has inserted into the deck between two comments."""
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
    return CodePassage(fence=fence, end=end[1].end, pasted=None if drawn or not text.strip() else text, drawn=drawn)


def _region_end(lines: Sequence[str], found: Sequence[Element], index: int) -> tuple[int, Remark] | None:
    """Return the end of the region that begins just below an element, with the index of its last comment."""
    begin = found[index + 1] if index + 1 < len(found) else None
    if not (isinstance(begin, Remark) and begin.text == _BEGIN) or _words(lines, found[index].end, begin.first):
        return None
    for number, one in enumerate(found[index + 2 :], index + 2):
        if isinstance(one, Remark) and one.text in (_BEGIN, _END):
            return (number, one) if one.text == _END else None
    return None


def _below(lines: Sequence[str], found: Sequence[Element], index: int) -> CodePassage | None:
    """Recognise output in a plain fence below the code, with at most a short line such as `输出：` between them."""
    fence, after = found[index], found[index + 1] if index + 1 < len(found) else None
    if not isinstance(fence, Fence) or not isinstance(after, Fence):
        return None
    between = _words(lines, fence.end, after.first)
    labelled = len(between) == 1 and len(between[0]) <= _LABEL and between[0].rstrip("*_ ").endswith((":", "："))
    if after.language not in OUTPUTS or after.chunk or after.indent != fence.indent or (between and not labelled):
        return None
    label = tuple(lines[fence.end : after.first]) if between else ()
    return CodePassage(fence=fence, end=after.end, pasted=after.code, label=label)


def _words(lines: Sequence[str], start: int, stop: int) -> list[str]:
    return [line.strip() for line in lines[start:stop] if line.strip()]
