"""Versions of the packages that makers draw with, as parts of keys."""

from __future__ import annotations

from functools import cache


def versions(*packages: str) -> str:
    """Return those of the packages that are installed, with their versions; "" for none."""
    return " ".join(f"{name} {found}" for name in packages if (found := _version(name)))


@cache
def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # a build that makes nothing of theirs does without

    try:
        return version(name)
    except PackageNotFoundError:
        return ""
