"""What an engine does, and how it refuses a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class EngineError(Exception):
    """An engine refuses a source. line: 1-based, 0 where it is not known."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class Engine(Protocol):
    """Draws and reads Mermaid."""

    def svg(self, source: str) -> str:
        """Draw a source. Raises `EngineError`."""

    def model(self, source: str) -> Mapping[str, Any]:
        """Return the engine's reading of a source that it has drawn; empty if it gives none."""
