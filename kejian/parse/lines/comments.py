"""HTML comments at the start of a line: slide marks, imports, page breaks, and plain remarks, which are dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kejian.core.attributes import Attributes, parse
from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.parse import unread

MARK = re.compile(r"<!--\s+(?:\.slide:?|slide)(?=\s|-->)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment that begins at the start of a line.

    mark: the attributes of a slide mark, else `None`. text: its stripped content, from line `text_line` on.
    rest: the text after its end, on line `rest_line`. next: the index of the first line after it.
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
    """Parse the comment that begins at index `at` of `lines`, in the file at `span`, and ends in line `last` (-1:
    never).
    """
    if last < 0:
        return _unclosed(lines[at], at, span)
    whole = "\n".join(lines[at : last + 1])
    end = whole.index("-->", 4)
    text, rest = whole[:end], whole[end + 3 :].strip()
    mark = MARK.match(text + "-->")
    start = min(mark.end(), len(text)) if mark else 0
    attributes = parse(text[start:]) if mark else None
    found = _problems(attributes, text, start, span) if attributes else ()
    blank = len(text) - 4 - len(text[4:].lstrip())
    text_line = span.line + text.count("\n", 4, 4 + blank)
    return Comment(
        span=span,
        text=text[4:].strip(),
        mark=attributes,
        rest=rest,
        rest_line=span.line + last - at,
        next=last + 1,
        text_line=text_line,
        diagnostics=found,
    )


def _unclosed(line: str, at: int, span: Span) -> Comment:
    kind = "slide mark" if MARK.match(line + " ") else "comment"
    found = warning("unclosed-comment", span, f"this {kind} is never closed", "end it with -->")
    return Comment(
        span=span,
        text="",
        mark=None,
        rest=line.replace("<!--", "&lt;!--", 1),
        rest_line=span.line,
        next=at + 1,
        text_line=span.line,
        diagnostics=(found,),
    )


def _problems(attributes: Attributes, text: str, start: int, span: Span) -> tuple[Diagnostic, ...]:
    """Return diagnostics for problems in a mark's attributes, each at its line and column."""
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
    found += (_unread(one, text, start, span) for one in unread.on_slide(attributes))
    return tuple(found)


def _unread(found: unread.Unread, text: str, start: int, span: Span) -> Diagnostic:
    """Return a diagnostic for an attribute that nothing reads, at its key."""
    at = max(start, text.find(found.key, start))
    line, begin = span.line + text.count("\n", 0, at), text.rfind("\n", 0, at) + 1
    return warning("attribute-unread", Span(span.path, line, at - begin + 1), found.message, found.hint)
