"""Converts findings in a browser into diagnostics with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kejian.checks import CODES as INSPECTED
from kejian.checks.browser_codes import CHECKS, CODES
from kejian.checks.suppressions import apply_suppressions
from kejian.core.diagnostics import Diagnostic, ordered
from kejian.core.model import Deck, Slide
from kejian.render.sections import stacks

SlideIndex = tuple[int, int]
"""A slide's column and row, counted from 0, as `data-h` and `data-v` say it."""


_KINDS = {check.code: check for check in CHECKS}


@dataclass(frozen=True, slots=True)
class BrowserFinding:
    """A finding on a slide. boxes: in the window, as left, top, width, height in pixels."""

    code: str
    message: str
    place: SlideIndex
    boxes: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class DeckFindings:
    """The diagnostics of a deck's findings, and how many findings its slides suppress."""

    diagnostics: tuple[Diagnostic, ...]
    accepted: int


def places(deck: Deck) -> Mapping[SlideIndex, Slide]:
    """Map positions to the deck's slides."""
    return {(h, v): slide for h, column in enumerate(stacks(deck.slides)) for v, slide in enumerate(column)}


def judge(deck: Deck, found: Iterable[BrowserFinding]) -> DeckFindings:
    """Place each finding at its slide's mark, unless that suppresses it; one without a slide goes to the first."""
    by_place: dict[SlideIndex, list[BrowserFinding]] = {place: [] for place in places(deck)}
    for one in found:
        by_place.get(one.place, by_place[0, 0]).append(one)
    standing: list[Diagnostic] = []
    accepted = 0
    for place, slide in places(deck).items():
        diagnostics, meant = apply_suppressions(slide, _diagnostics(slide, by_place[place]), CODES, INSPECTED)
        standing += diagnostics
        accepted += meant
    return DeckFindings(tuple(ordered(standing)), accepted)


def _diagnostics(slide: Slide, found: Sequence[BrowserFinding]) -> list[Diagnostic]:
    kinds = ((one, _KINDS[one.code]) for one in found)
    return ordered(
        Diagnostic(code=one.code, severity=kind.severity, span=slide.span, message=one.message, hint=kind.hint)
        for one, kind in kinds
    )
