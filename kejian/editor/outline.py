"""The outline of a deck by its slides, and the lines that an editor can fold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from kejian.core.model import Deck, Slide
from kejian.editor.course import EditedCourse
from kejian.render.sections import stacks


class OutlineEntry(NamedTuple):
    """A slide. first, last: its lines, from 1. below: the slides that stand below it."""

    title: str
    detail: str
    first: int
    last: int
    below: tuple[OutlineEntry, ...] = ()


class SlidePlace(NamedTuple):
    """A slide of a page: the page's path in the site, the slide's column and row, counted from 0."""

    page: str
    h: int
    v: int

    @property
    def address(self) -> str:
        """Return the slide's address in the site, as in a link."""
        return f"{quote(self.page)}#/{self.h}/{self.v}"


def outline(course: EditedCourse, path: str) -> list[OutlineEntry]:
    """Return the slides of a deck by columns; of a plain page its headings."""
    deck = course.deck(path)
    if deck is None:
        return []
    if not deck.slides:
        return [*_headings(course, deck)]
    columns = stacks(_own(deck))
    entries = [[_entry(slide, h, v) for v, slide in enumerate(column)] for h, column in enumerate(columns)]
    return [top._replace(last=max(one.last for one in (top, *below)), below=tuple(below)) for top, *below in entries]


def _own(deck: Deck) -> list[Slide]:
    """Return the slides whose marks stand in the deck's own file."""
    return [slide for slide in deck.slides if slide.span.path == deck.path and slide.span.end >= slide.span.line]


def _entry(slide: Slide, h: int, v: int) -> OutlineEntry:
    title = slide.title or slide.attributes.text("aria-label") or "…"
    return OutlineEntry(title, f"{h}/{v}" if v else f"{h}", slide.span.line, slide.span.end)


def _headings(course: EditedCourse, deck: Deck) -> Iterator[OutlineEntry]:
    lines = course.lines(deck.path)
    at = 0
    for heading in deck.preface.headings:
        at = next((n for n in range(at, len(lines)) if heading.text in lines[n]), at)
        yield OutlineEntry(heading.text, "", at + 1, at + 1)


def folds(course: EditedCourse, path: str) -> list[tuple[int, int]]:
    """Return the first and the last line of each slide, without the blank lines at its end."""
    deck = course.deck(path)
    lines = course.lines(path)
    found = []
    for slide in _own(deck) if deck else ():
        last = min(slide.span.end, len(lines))
        while last > slide.span.line and not lines[last - 1].strip():
            last -= 1
        if last > slide.span.line:
            found.append((slide.span.line, last))
    return found


def slide_at(course: EditedCourse, path: str, line: int) -> SlidePlace | None:
    """Return the slide in a line of a deck, the first one above its first mark; `None` in a file without slides."""
    from kejian.parse.html.lookup import page_path

    deck = course.deck(path)
    if deck is None or not deck.slides:
        return None
    places = [(slide, h, v) for h, column in enumerate(stacks(deck.slides)) for v, slide in enumerate(column)]
    here = [place for place in places if place[0].span.path == path and place[0].span.line <= line]
    _, h, v = here[-1] if here else places[0]
    return SlidePlace(page_path(path), h, v)
