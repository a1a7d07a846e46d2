"""What a user is told: where, what is wrong, why, and what to type."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is: an error stops publishing, a warning does not, a hint is advice."""

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


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `code` is stable across releases; `hint` says what to type."""

    code: str
    severity: Severity
    span: Span
    message: str
    hint: str = ""


def error(code: str, span: Span, message: str, hint: str = "") -> Diagnostic:
    """A finding that makes the site untrue or impossible."""
    return Diagnostic(code, Severity.ERROR, span, message, hint)


def warning(code: str, span: Span, message: str, hint: str = "") -> Diagnostic:
    """A finding about one place in a deck; the rest still builds."""
    return Diagnostic(code, Severity.WARNING, span, message, hint)


def ordered(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Each finding once, in the order of the files and their lines."""
    return sorted(dict.fromkeys(found), key=lambda d: (d.span, d.code, d.message))


def strict(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings with warnings turned into errors, as `--strict` wants them."""
    raise_ = {Severity.WARNING: Severity.ERROR}
    return [replace(d, severity=raise_.get(d.severity, d.severity)) for d in found]


def failed(found: Iterable[Diagnostic]) -> bool:
    """Whether any finding is an error."""
    return any(d.severity is Severity.ERROR for d in found)


def as_text(found: Iterable[Diagnostic], source_line: Callable[[Span], str]) -> str:
    """The findings for people: the place, the words, the line of source with a caret, the hint."""
    return "".join(_paragraph(d, source_line(d.span)) for d in found)


def _paragraph(found: Diagnostic, line: str) -> str:
    text = f"{found.span}: {found.severity}[{found.code}]: {found.message}\n"
    if line.strip():
        start = max(0, found.span.column - 1 - 60)
        text += f"    {line[start : start + 100]}\n    {' ' * (found.span.column - 1 - start)}^\n"
    return text + (f"    hint: {found.hint}\n" if found.hint else "")


def as_json(found: Iterable[Diagnostic]) -> str:
    """The findings as one JSON array, a stable shape for CI."""
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
