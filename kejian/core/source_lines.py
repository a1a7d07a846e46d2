"""Source lines shown with diagnostics."""

from __future__ import annotations

from pathlib import Path

from kejian.core import encodings
from kejian.core.diagnostics import Span


class Lines:
    """Callable that returns the source line of a span, reading each file once; "" if there is none."""

    def __init__(self, course: Path) -> None:
        self._course = course
        self._lines: dict[str, list[str]] = {}

    def __call__(self, span: Span) -> str:
        """Return the line without its end."""
        if span.path not in self._lines:
            try:
                text = encodings.readable((self._course / span.path).read_bytes())
            except (OSError, ValueError):
                text = ""
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            self._lines[span.path] = text.split("\n") if "\0" not in text[:8192] else []  # a picture has no lines
        lines = self._lines[span.path]
        return lines[span.line - 1] if 0 < span.line <= len(lines) else ""
