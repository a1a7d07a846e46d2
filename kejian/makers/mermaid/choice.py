"""Which engine this machine has."""

from __future__ import annotations

from functools import cache

from kejian.makers import installed
from kejian.makers.mermaid.engine import Engine
from kejian.makers.mermaid.measure import Ruler

PACKAGES = ("merman", "mermaidx")
"""Best first: `merman` has no wheel for some platforms, where `mermaidx` takes its place."""


@cache
def versions() -> str:
    """Return the engines that are installed, with their versions, as a part of keys; "" if there is none."""
    return installed.versions(*PACKAGES)


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
