"""Warns about slides with more content than a browser lays out at once; the page works, but slowly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kejian.core.diagnostics import Diagnostic, warning
from kejian.core.model import Formula, Listing, Slide


class Bound(NamedTuple):
    """A limit: what is counted on a slide, the maximum shown at once, and what to do about more."""

    name: str
    count: Callable[[Slide], int]
    most: int
    hint: str


def _lines(slide: Slide) -> int:
    return sum(hole.code.count("\n") + 1 for hole in slide.holes if isinstance(hole, Listing))


def _formulas(slide: Slide) -> int:
    return sum(isinstance(hole, Formula) for hole in slide.holes)


def _rows(slide: Slide) -> int:
    return slide.html.count("<tr")


BOUNDS = (
    Bound("lines of code", _lines, 2000, "quote a part of them: lines=, region= or elide=; or link to the file"),
    Bound("formulas", _formulas, 500, "divide the slide, or link to a page that holds them"),
    Bound("rows of tables", _rows, 1000, "show the rows that matter, and link to the file with all of them"),
)


def too_much(slides: Iterable[Slide]) -> Iterator[Diagnostic]:
    """Yield a warning for each of `BOUNDS` that a slide exceeds."""
    for slide in slides:
        for bound in BOUNDS:
            if (count := bound.count(slide)) > bound.most:
                message = f"the slide holds {count:,} {bound.name}, more than {bound.most:,}: it opens in parts"
                yield warning("too-much", slide.span, message, bound.hint)
