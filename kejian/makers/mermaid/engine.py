"""The engines' common ground: which one this machine has, and how one refuses a source."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from kejian.makers.mermaid.measure import Ruler

PACKAGES = ("merman", "mermaidx")
"""Best first: `merman` has no wheel for some platforms, where `mermaidx` takes its place."""


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


@cache
def versions() -> str:
    """Return the engines that are installed, with their versions, as a part of keys; "" if there is none."""
    return " ".join(f"{name} {found}" for name in PACKAGES if (found := _version(name)))


def start(ruler: Ruler, only: str = "") -> Engine | None:
    """Return the best engine that can be imported, or the one of the package `only`."""
    for name in (only,) if only else PACKAGES:
        try:
            if name == "merman":
                from kejian.makers.mermaid.rust import RustEngine

                return RustEngine(ruler)
            from kejian.makers.mermaid.official import OfficialEngine

            return OfficialEngine(ruler)
        except (ImportError, OSError):  # not installed, or a library for another machine
            continue
    return None


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
