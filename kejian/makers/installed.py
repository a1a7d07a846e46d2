"""Versions of the packages that makers draw with, as parts of keys."""

from __future__ import annotations

from functools import cache


def versions(*packages: str) -> str:
    """Return those of the packages that are installed, with their versions; "" for none."""
    return " ".join(f"{name} {found}" for name in packages if (found := version(name)))


@cache
def version(name: str) -> str:
    """Return the version of a package, "" if it is not installed."""
    from importlib import metadata  # a build that makes nothing of theirs does without

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
