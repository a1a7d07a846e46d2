"""Checks of the course's files: names that differ in case, unused and large files, unused outputs."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename, dirname, splitext
from urllib.parse import quote

from kejian.checks.subject import CourseUnderCheck, SpanFinding, shown
from kejian.core.diagnostics import Span
from kejian.parse.lines.imports import PICTURES

LARGE = 5 * 2**20
"""Bytes of one file that a page needs: seconds on the network of a lecture hall."""

_LOOKED_AT = PICTURES | {"mp4", "webm", "mp3", "wav", "ogg", "dot", "gv", "viz", "mermaid"}


def other_case(material: CourseUnderCheck) -> Iterator[SpanFinding]:
    """Yield each file whose name differs in case from the one on disk, which Linux and web servers do not find."""
    folded = {path.casefold(): path for path in material.files}
    for path in sorted(material.used - material.files.keys()):
        there = folded.get(path.casefold())
        if there:
            yield _wanted(material, path), f"the file is named {there}, not {path}"


def large(material: CourseUnderCheck) -> Iterator[SpanFinding]:
    """Yield each file over `LARGE` that a page needs."""
    for path in sorted({asset for deck in material.decks for asset in deck.assets}):
        size = material.files.get(path, 0)
        if size > LARGE:
            yield _wanted(material, path), f"{path} has {size / 2**20:.1f} MB"


def unused(material: CourseUnderCheck) -> Iterator[SpanFinding]:
    """Yield each picture, video, sound or diagram in `slides/`, or beside one in use, that nothing uses."""
    files = [path for path in material.files if splitext(path)[1].lower().lstrip(".") in _LOOKED_AT]
    folders = {dirname(path) for path in files if path in material.used and dirname(path)}
    for path in sorted(set(files) - material.used):
        if path.startswith(f"{material.outputs}/"):
            continue
        if path.startswith("slides/") or dirname(path) in folders:
            yield Span(path), "no slide shows this file"


def unquoted(material: CourseUnderCheck) -> Iterator[SpanFinding]:
    """Yield each recorded output that no slide quotes."""
    for name in material.unused:
        yield Span(f"{material.outputs}/{name}.json"), f"no slide quotes {name} any more"


def _wanted(material: CourseUnderCheck, path: str) -> Span:
    """Return where a deck first names the file."""
    for deck in material.decks:
        for slide in (deck.preface, *shown(deck)):
            span = material.place(slide, basename(path), quote(basename(path)))
            if span != slide.span:
                return span
    return Span(path)
