"""The lines of source that findings are shown with."""

from __future__ import annotations

from pathlib import Path

from kejian.diagnostics import Span


class Lines:
    """The line of source at a span, each file of the course read once; empty where there is none."""

    def __init__(self, course: Path) -> None:
        self._course = course
        self._lines: dict[str, list[str]] = {}

    def __call__(self, span: Span) -> str:
        """The line, without its end."""
        if span.path not in self._lines:
            try:
                text = (self._course / span.path).read_text("utf-8-sig", errors="replace")
            except (OSError, ValueError):
                text = ""
            self._lines[span.path] = text.split("\n") if "\0" not in text[:8192] else []  # a picture has none
        lines = self._lines[span.path]
        return lines[span.line - 1] if 0 < span.line <= len(lines) else ""
