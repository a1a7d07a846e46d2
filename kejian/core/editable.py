"""Distributions installed as a link to a folder (`pip install -e`), whose version does not identify their code."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from kejian.core.paths import UNSEEN, stamp_at

_SCHEME = "file://"


def source(direct_url: str | None) -> str:
    """Return the folder that a distribution's `direct_url.json` links to; "" for other installations."""
    try:
        known = json.loads(direct_url or "null")
        url = known["url"] if known["dir_info"]["editable"] is True else ""
    except (ValueError, KeyError, TypeError):
        return ""
    if not isinstance(url, str) or not url.startswith(_SCHEME):
        return ""
    from urllib.parse import unquote, urlsplit

    return unquote(urlsplit(url).path)


def stamps(site_packages: str, course: str) -> Iterator[str]:
    """Yield the stamp of each Python file of such distributions, except those that share a folder with the course."""
    for entry in _entries(site_packages):
        if not entry.name.endswith(".dist-info") or not os.path.exists(f"{entry.path}/direct_url.json"):  # noqa: PTH110
            continue
        try:
            folder = source(Path(entry.path, "direct_url.json").read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if folder and os.path.commonpath([course, os.path.realpath(folder)]) not in (course, os.path.realpath(folder)):
            yield from (f"{path} {stamp_at(path)}" for path in _modules(folder))


def digest(places: list[str]) -> str:
    """Return a digest of the Python files at the given files and folders."""
    total = sha256()
    for place in places:
        for path in [place] if place.endswith(".py") else _modules(place):
            total.update(f"{os.path.relpath(path, place)}\0".encode("utf-8", "surrogateescape"))
            try:
                total.update(Path(path).read_bytes() + b"\0")
            except OSError:
                continue
    return total.hexdigest()[:12]


def _modules(folder: str) -> Iterator[str]:
    """Yield the Python files below a folder in a fixed order, without following symbolic links."""
    for entry in sorted(_entries(folder), key=lambda one: one.name):
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in UNSEEN and not entry.name.startswith("."):
                yield from _modules(entry.path)
        elif entry.name.endswith(".py"):
            yield entry.path


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []
