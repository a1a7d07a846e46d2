"""Diagnostics: where something is wrong, what, why, and what to type."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from unicodedata import combining, east_asian_width


class Severity(StrEnum):
    """Severity: an error stops publishing, a warning does not, a hint is advice."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file of the course. Lines and columns count from 1; `end` is the last line, 0 for just this one."""

    path: str
    line: int = 1
    column: int = 1
    end: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One diagnostic. `code` is stable across releases; `hint` contains what to type."""

    code: str
    severity: Severity
    span: Span
    message: str
    hint: str = ""


def error(code: str, span: Span, message: str, hint: str = "") -> Diagnostic:
    """Make an error: the site would be wrong or cannot be built."""
    return Diagnostic(code=code, severity=Severity.ERROR, span=span, message=message, hint=hint)


def warning(code: str, span: Span, message: str, hint: str = "") -> Diagnostic:
    """Make a warning about one place in a deck; everything else is still built."""
    return Diagnostic(code=code, severity=Severity.WARNING, span=span, message=message, hint=hint)


def ordered(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort diagnostics by file and line, without duplicates."""
    return sorted(dict.fromkeys(found), key=lambda d: (d.span, d.code, d.message))


def strict(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Turn warnings into errors, for `--strict`."""
    raise_ = {Severity.WARNING: Severity.ERROR}
    return [replace(d, severity=raise_.get(d.severity, d.severity)) for d in found]


def failed(found: Iterable[Diagnostic]) -> bool:
    """Return whether any diagnostic is an error."""
    return any(d.severity is Severity.ERROR for d in found)


def as_text(found: Iterable[Diagnostic], source_line: Callable[[Span], str]) -> str:
    """Format diagnostics for a terminal: place, message, source line with a caret, hint."""
    return "".join(_paragraph(d, source_line(d.span)) for d in found)


def _paragraph(found: Diagnostic, line: str) -> str:
    text = f"{found.span}: {found.severity}[{found.code}]: {found.message}\n"
    if line.strip():
        start = max(0, found.span.column - 1 - 60)
        text += f"    {line[start : start + 100]}\n    {_blank(line[start : found.span.column - 1])}^\n"
    return text + (f"    hint: {found.hint}\n" if found.hint else "")


def _blank(text: str) -> str:
    """Return blanks as wide as the text is on a terminal, where a Chinese character takes two cells."""
    return "".join(
        "\t" if c == "\t" else "" if combining(c) else " " * (1 + (east_asian_width(c) in "WF")) for c in text
    )


def as_json(found: Iterable[Diagnostic]) -> str:
    """Format diagnostics as a JSON array with a stable schema, for CI."""
    return json.dumps(
        [
            {
                "code": d.code,
                "severity": str(d.severity),
                "path": d.span.path,
                "line": d.span.line,
                "column": d.span.column,
                "message": d.message,
                "hint": d.hint,
            }
            for d in found
        ],
        ensure_ascii=False,
        indent=2,
    )
