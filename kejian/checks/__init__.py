"""Checks that need neither a browser nor a run: a table of codes with the pure functions that find them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kejian.checks import anchors, density, files, pictures, structure
from kejian.checks.subject import CourseUnderCheck, SpanFinding, shown
from kejian.checks.suppressions import apply_suppressions
from kejian.core.diagnostics import Diagnostic, Severity, ordered
from kejian.core.model import Slide

__all__ = ["CHECKS", "CODES", "Check", "CheckReport", "CourseUnderCheck", "inspect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A kind of finding: what its code means, what to do about it, and the function that finds it."""

    code: str
    severity: Severity
    meaning: str
    hint: str
    look: Callable[[CourseUnderCheck], Iterator[SpanFinding]]


_WARNING, _HINT = Severity.WARNING, Severity.HINT
CHECKS = (
    Check(
        code="missing-anchor",
        severity=_WARNING,
        meaning="a link to a heading, an id or a slide that is not there",
        hint="write #id, or #/column/row counted from 0",
        look=anchors.missing,
    ),
    Check(
        code="other-case",
        severity=_WARNING,
        meaning="a file name whose letters differ in case from the file's own",
        hint="write it as the file is named: Linux and web servers tell a from A",
        look=files.other_case,
    ),
    Check(
        code="duplicate-id",
        severity=_WARNING,
        meaning="an id that the deck has given twice",
        hint="rename one",
        look=structure.duplicate_ids,
    ),
    Check(
        code="unused-output",
        severity=_WARNING,
        meaning="a recorded output that no slide quotes",
        hint="remove it with `kejian clean --outputs`",
        look=files.unquoted,
    ),
    Check(
        code="too-many-words",
        severity=_WARNING,
        meaning="a slide that takes more than half a minute to read",
        hint="say less, split the slide, or set `words` in kejian.toml",
        look=density.too_many_words,
    ),
    Check(
        code="too-many-lines",
        severity=_WARNING,
        meaning="a listing too long for a room",
        hint="quote a part of it: region=, elide= or lines=",
        look=density.too_many_lines,
    ),
    Check(
        code="long-output",
        severity=_WARNING,
        meaning="an output too long for a room",
        hint="print less, or show a part of it: what matters, or the first and the last lines",
        look=density.long_outputs,
    ),
    Check(
        code="heading-skips",
        severity=_HINT,
        meaning="a heading that skips a level",
        hint="use the next level",
        look=structure.skipped_levels,
    ),
    Check(
        code="no-title",
        severity=_HINT,
        meaning="a slide without a heading",
        hint="write a HEADER line, or a heading",
        look=structure.untitled,
    ),
    Check(
        code="no-alt",
        severity=_HINT,
        meaning="a picture without words",
        hint='write what it shows: ![words](…) or alt="…"; alt="" where it is decoration',
        look=pictures.without_words,
    ),
    Check(
        code="unused-file",
        severity=_HINT,
        meaning="a picture or diagram that nothing uses",
        hint="use it or remove it",
        look=files.unused,
    ),
    Check(
        code="large-file",
        severity=_HINT,
        meaning="a file over 5 MB",
        hint="save it smaller: a slide is 960 × 700 pixels",
        look=files.large,
    ),
)
CODES = tuple(check.code for check in CHECKS)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The findings of the checks, and how many others the slides suppress."""

    diagnostics: tuple[Diagnostic, ...]
    accepted: int = 0


def inspect(material: CourseUnderCheck, elsewhere: Iterable[str] = ()) -> CheckReport:
    """Run every check; findings that a slide suppresses with a reason are omitted.

    elsewhere: codes that other checks report; a slide may suppress those as well.
    """
    found = [
        Diagnostic(code=check.code, severity=check.severity, span=span, message=message, hint=check.hint)
        for check in CHECKS
        for span, message in check.look(material)
    ]
    by_slide, rest = _sorted(material, ordered(found))
    others = tuple(elsewhere)
    standing, accepted = rest, 0
    for slide, own in by_slide:
        left, meant = apply_suppressions(slide, own, CODES, others)
        standing += left
        accepted += meant
    return CheckReport(tuple(ordered(standing)), accepted)


def _sorted(
    material: CourseUnderCheck, found: Iterable[Diagnostic]
) -> tuple[list[tuple[Slide, list[Diagnostic]]], list[Diagnostic]]:
    """Group findings by slide, from its mark to the next; the second list holds those about no slide."""
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
