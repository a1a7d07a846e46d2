"""What checks in a browser report: one table of codes, and findings turned into diagnostics with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kejian.acceptance import judged
from kejian.checks import CODES as INSPECTED
from kejian.diagnostics import Diagnostic, ordered, warning
from kejian.model import Deck, Slide
from kejian.page.sections import stacks

Place = tuple[int, int]
"""A slide's column and row, counted from 0, as `data-h` and `data-v` say it."""


@dataclass(frozen=True, slots=True)
class Check:
    """A kind of finding. `by`: the slide, whose function of the same name in `checks.js` finds it; axe-core; the page,
    whose requests and console are watched; or print, the deck opened for printing.
    """

    code: str
    by: str
    hint: str


CHECKS = (
    Check("overflow", "slide", "cut it down, or split the slide"),
    Check("over-footer", "slide", "cut the slide down, or move what is placed by hand"),
    Check("under-logo", "slide", "shorten the title, or move what is placed by hand"),
    Check("overlap", "slide", "give each its own place"),
    Check("small-type", "slide", "nobody in the last row reads it: say less, or split the slide"),
    Check("broken-picture", "slide", "save the picture again as PNG, JPEG or SVG"),
    Check("no-alt", "slide", 'write what it shows: ![words](…); alt="" where it is decoration'),
    Check("duplicate-id", "slide", "give one of them another id: links go to the first"),
    Check("tofu", "slide", "write another character, or a picture of it"),
    Check("fragment-never-shown", "slide", "remove what hides it, or the class `fragment`"),
    Check("blank-page", "slide", "write something on it, or accept it: a pause"),
    Check("low-contrast", "axe", "take a colour that stands out from its ground: var(--ink), var(--blue), var(--red)"),
    Check("axe", "axe", "the name in parentheses is the rule's in axe-core"),
    Check("failed-request", "page", "check the path"),
    Check("remote-request", "page", "download it into the course"),
    Check("console-error", "page", "mend the script that says so"),
    Check("print-pages", "print", "remove pdfMaxPagesPerSlide from the front matter, or split the slide"),
)
CODES = tuple(check.code for check in CHECKS)
_HINTS = {check.code: check.hint for check in CHECKS}


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding on a slide. boxes: where it is in the window: left, top, width, height in pixels."""

    code: str
    message: str
    place: Place
    boxes: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """The diagnostics of a deck's findings, and how many findings its slides accept."""

    diagnostics: tuple[Diagnostic, ...]
    accepted: int


def places(deck: Deck) -> Mapping[Place, Slide]:
    """The deck's slides by where they are."""
    return {(h, v): slide for h, column in enumerate(stacks(deck.slides)) for v, slide in enumerate(column)}


def judge(deck: Deck, found: Iterable[Finding]) -> Judged:
    """Each finding as a warning at its slide's mark, unless that accepts it; one without a slide is the first's."""
    by_place: dict[Place, list[Finding]] = {place: [] for place in places(deck)}
    for one in found:
        by_place.get(one.place, by_place[0, 0]).append(one)
    standing: list[Diagnostic] = []
    accepted = 0
    for place, slide in places(deck).items():
        diagnostics, meant = judged(slide, _warnings(slide, by_place[place]), CODES, INSPECTED)
        standing += diagnostics
        accepted += meant
    return Judged(tuple(ordered(standing)), accepted)


def _warnings(slide: Slide, found: Sequence[Finding]) -> list[Diagnostic]:
    return ordered(warning(one.code, slide.span, one.message, _HINTS[one.code]) for one in found)
