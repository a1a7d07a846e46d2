"""Files of the course: names that only some systems find, what nothing uses, what is too large, old outputs."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename, dirname, splitext
from urllib.parse import quote

from kejian.checks.material import Found, Material, shown
from kejian.diagnostics import Span
from kejian.reading.imports import PICTURES

LARGE = 5 * 2**20
"""Bytes of one file that a page needs: seconds on the network of a lecture hall."""

_LOOKED_AT = PICTURES | {"mp4", "webm", "mp3", "wav", "ogg", "dot", "gv", "viz", "mermaid"}


def other_case(material: Material) -> Iterator[Found]:
    """Each file that a page needs and that is spelled otherwise on disk, which Linux and web servers do not find."""
    folded = {path.casefold(): path for path in material.files}
    for path in sorted(material.used - material.files.keys()):
        there = folded.get(path.casefold())
        if there:
            yield _wanted(material, path), f"the file is named {there}, not {path}"


def large(material: Material) -> Iterator[Found]:
    """Each file over `LARGE` that a page needs."""
    for path in sorted({asset for deck in material.decks for asset in deck.assets}):
        size = material.files.get(path, 0)
        if size > LARGE:
            yield _wanted(material, path), f"{path} has {size / 2**20:.1f} MB"


def unused(material: Material) -> Iterator[Found]:
    """Each picture, film, sound or diagram in `slides/`, or beside one in use, that no page and no example uses."""
    files = [path for path in material.files if splitext(path)[1].lower().lstrip(".") in _LOOKED_AT]
    folders = {dirname(path) for path in files if path in material.used and dirname(path)}
    for path in sorted(set(files) - material.used):
        if path.startswith(f"{material.outputs}/"):
            continue
        if path.startswith("slides/") or dirname(path) in folders:
            yield Span(path), "no slide shows this file"


def unquoted(material: Material) -> Iterator[Found]:
    """Each recorded output that no slide quotes."""
    for name in material.unused:
        yield Span(f"{material.outputs}/{name}.json"), f"no slide quotes {name} any more"


def _wanted(material: Material, path: str) -> Span:
    """Where a deck first names the file."""
    for deck in material.decks:
        for slide in (deck.preface, *shown(deck)):
            span = material.place(slide, basename(path), quote(basename(path)))
            if span != slide.span:
                return span
    return Span(path)
