"""HTML comments at the start of a line: slide marks, imports, page breaks, and remarks that vanish."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kejian.attributes import Attributes, parse
from kejian.diagnostics import Diagnostic, Span, warning

_MARK = re.compile(r"<!--\s+(?:\.slide:?|slide)(?=\s|-->)")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that begins at the start of a line.

    mark: the attributes when it is a slide mark, else `None`. text: what stands in it, stripped; from `text_line` on.
    rest: the text behind its end on line `rest_line`. next: the index of the first line after it.
    """

    span: Span
    text: str
    mark: Attributes | None
    rest: str
    rest_line: int
    next: int
    text_line: int
    diagnostics: tuple[Diagnostic, ...] = ()


def read_comment(lines: Sequence[str], at: int, last: int, span: Span) -> Comment:
    """The comment that begins at index `at` of `lines`, in the file at `span`, and ends in line `last` (-1: never)."""
    if last < 0:
        return _unclosed(lines[at], at, span)
    whole = "\n".join(lines[at : last + 1])
    end = whole.index("-->", 4)
    text, rest = whole[:end], whole[end + 3 :].strip()
    mark = _MARK.match(text + "-->")
    start = min(mark.end(), len(text)) if mark else 0
    attributes = parse(text[start:]) if mark else None
    found = _problems(attributes, text, start, span) if attributes else ()
    blank = len(text) - 4 - len(text[4:].lstrip())
    text_line = span.line + text.count("\n", 4, 4 + blank)
    return Comment(span, text[4:].strip(), attributes, rest, span.line + last - at, last + 1, text_line, found)


def _unclosed(line: str, at: int, span: Span) -> Comment:
    kind = "slide mark" if _MARK.match(line + " ") else "comment"
    found = warning("unclosed-comment", span, f"this {kind} is never closed", "end it with -->")
    return Comment(span, "", None, line.replace("<!--", "&lt;!--", 1), span.line, at + 1, span.line, (found,))


def _problems(attributes: Attributes, text: str, start: int, span: Span) -> tuple[Diagnostic, ...]:
    """The oddities of a mark, each at the line and column of its item."""
    found = []
    begin = done = 0
    line = span.line
    for offset, message in attributes.problems:
        at = start + offset
        if newlines := text.count("\n", done, at):
            line, begin = line + newlines, text.rindex("\n", done, at) + 1
        done = at
        place = Span(span.path, line, at - begin + 1)
        hint = "a --> inside quotes ends the mark: write &gt; instead of >" if "never closed" in message else ""
        found.append(warning("attributes", place, message, hint))
    return tuple(found)
