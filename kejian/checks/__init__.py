"""Checks that need neither a browser nor a run: one table of codes, each with the pure function that finds it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kejian.acceptance import judged
from kejian.checks import amount, anchors, files, pictures, structure
from kejian.checks.material import Found, Material, shown
from kejian.diagnostics import Diagnostic, Severity, ordered
from kejian.model import Slide

__all__ = ["CHECKS", "CODES", "Check", "Inspected", "Material", "inspect"]


@dataclass(frozen=True, slots=True)
class Check:
    """A kind of finding: what its code means, what to do about it, and what finds it."""

    code: str
    severity: Severity
    meaning: str
    hint: str
    look: Callable[[Material], Iterator[Found]]


_WARNING, _HINT = Severity.WARNING, Severity.HINT
CHECKS = (
    Check(
        "missing-anchor",
        _WARNING,
        "a link to a heading, an id or a slide that is not there",
        "write #id, or #/column/row counted from 0",
        anchors.missing,
    ),
    Check(
        "other-case",
        _WARNING,
        "a file name whose letters differ in case from the file's own",
        "write it as the file is named: Linux and web servers tell a from A",
        files.other_case,
    ),
    Check("duplicate-id", _WARNING, "an id that the deck has given twice", "rename one", structure.duplicate_ids),
    Check(
        "unused-output",
        _WARNING,
        "a recorded output that no slide quotes",
        "python build.py clean --outputs",
        files.unquoted,
    ),
    Check(
        "too-many-words",
        _WARNING,
        "a slide that takes more than half a minute to read",
        "say less, split the slide, or set `words` in kejian.toml",
        amount.too_many_words,
    ),
    Check(
        "too-many-lines",
        _WARNING,
        "a listing too long for a room",
        "quote a part of it: region=, elide= or lines=",
        amount.too_many_lines,
    ),
    Check("heading-skips", _HINT, "a heading that skips a level", "use the next level", structure.skipped_levels),
    Check("no-title", _HINT, "a slide without a heading", "write a HEADER line, or a heading", structure.untitled),
    Check(
        "no-alt",
        _HINT,
        "a picture without words",
        'write what it shows: ![words](…) or alt="…"; alt="" where it is decoration',
        pictures.without_words,
    ),
    Check("unused-file", _HINT, "a picture or diagram that nothing uses", "use it or remove it", files.unused),
    Check("large-file", _HINT, "a file over 5 MB", "save it smaller: a slide is 960 × 700 pixels", files.large),
)
CODES = tuple(check.code for check in CHECKS)


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the checks found, and how many findings the slides accept."""

    diagnostics: tuple[Diagnostic, ...]
    accepted: int = 0


def inspect(material: Material, elsewhere: Iterable[str] = ()) -> Inspected:
    """Run every check. Findings that a slide accepts with a reason are left out.

    elsewhere: codes that other checks report; a slide may accept those as well.
    """
    found = [
        Diagnostic(check.code, check.severity, span, message, check.hint)
        for check in CHECKS
        for span, message in check.look(material)
    ]
    by_slide, rest = _sorted(material, ordered(found))
    others = tuple(elsewhere)
    standing, accepted = rest, 0
    for slide, own in by_slide:
        left, meant = judged(slide, own, CODES, others)
        standing += left
        accepted += meant
    return Inspected(tuple(ordered(standing)), accepted)


def _sorted(
    material: Material, found: Iterable[Diagnostic]
) -> tuple[list[tuple[Slide, list[Diagnostic]]], list[Diagnostic]]:
    """Each slide with the findings between its mark and the next one, and the findings that are about no slide."""
    by_slide: list[tuple[Slide, list[Diagnostic]]] = [(slide, []) for deck in material.decks for slide in shown(deck)]
    starts: dict[str, list[tuple[int, int]]] = {}
    for index, (slide, _) in enumerate(by_slide):
        starts.setdefault(slide.span.path, []).append((slide.span.line, index))
    for marks in starts.values():
        marks.sort()
    rest: list[Diagnostic] = []
    for one in found:
        marks = starts.get(one.span.path, [])
        at = bisect_right(marks, (one.span.line, len(by_slide)))
        (by_slide[marks[at - 1][1]][1] if at else rest).append(one)
    return by_slide, rest
