"""What the house's slides say of the deck around them: their numbers, the section they are in, course and lecture.

Numbers are kept in attributes and shown by the theme's style sheet: a slide's own text stays what its author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from kejian.core.model import Deck, Slide

COVER, SECTION, CLOSING = "cover", "section", "closing"
"""The layouts of a deck's first slide, of one that begins a section, and of one that looks back on the whole."""

_HEADER = re.compile(r'<div class="(?:[^"]*\s)?header(?:\s[^"]*)?"')
_FOOTER = re.compile(r'<div class="(?:[^"]*\s)?footer(?:\s[^"]*)?"')
_ADDRESS = re.compile(r'<h6 class="bottom_right"[^<>]*>(?:(?!</h6>).)*@(?:(?!</h6>).)*</h6>', re.DOTALL)
_UNCOUNTED = ("hidden", "uncounted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a slide is. number: among all that count, 0 for one that does not. section: its number, from 0 for what
    stands before the first; name: the section's; at, of: the slide's place within it, 0 where there is none.
    """

    number: int
    total: int
    section: int
    name: str
    at: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The deck around its slides. facts: of the front matter, what a cover shows, by name. footers: slides have one by
    themselves. covered: a cover says whom to write to, and no footer does. titled: a heading at the top of a slide is
    its title.
    """

    course: str = ""
    lecture: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    footers: bool = True
    covered: bool = False
    titled: bool = False


def stage(deck: Deck, course: str, author: str, *, titled: bool = False) -> Stage:
    """The stage of a deck of a course."""
    names = ("author", "place", "date", "email")
    facts = {name: str(deck.front[name]) for name in names if deck.front.get(name)}
    own = any('<div class="footer"' in slide.html for slide in deck.slides)
    covered = any(COVER in layouts(slide) for slide in deck.slides)
    facts = {"author": author, **facts} if author else facts
    return Stage(course=course, lecture=deck.title, facts=facts, footers=not own, covered=covered, titled=titled)


def layouts(slide: Slide) -> tuple[str, ...]:
    """The classes on the slide's mark, among which a layout may be."""
    return tuple(slide.attributes.text("class").split())


def places(columns: Sequence[Sequence[Slide]]) -> list[list[Place]]:
    """The places of all slides, by column. Sections begin at slides of that layout; where there are none, each column
    is one.
    """
    slides = [slide for column in columns for slide in column]
    named = any(SECTION in layouts(slide) for slide in slides)
    owners = list(_owners(columns, named=named))
    numbers = _numbers(slides)
    total = max(numbers, default=0)
    within: dict[int, list[int]] = {}
    for n, section in enumerate(owners):
        if not named or {SECTION, CLOSING}.isdisjoint(layouts(slides[n])):
            within.setdefault(section, []).append(n)
    names = _names(slides, owners, within, named=named)
    flat = []
    for n, section in enumerate(owners):
        at, of = _within(within.get(section, []), n)
        name = names.get(section, "")
        flat.append(Place(number=numbers[n], total=total, section=section, name=name, at=at, of=of))
    ends = [sum(map(len, columns[: k + 1])) for k in range(len(columns))]
    return [flat[end - len(column) : end] for end, column in zip(ends, columns, strict=True)]


def _owners(columns: Sequence[Sequence[Slide]], *, named: bool) -> list[int]:
    """The section of each slide."""
    owners, section = [], 0
    for h, column in enumerate(columns):
        for slide in column:
            section = section + (SECTION in layouts(slide)) if named else h
            owners.append(section)
    return owners


def _numbers(slides: Sequence[Slide]) -> list[int]:
    numbers, last = [], 0
    for slide in slides:
        counts = slide.attributes.text("data-visibility") not in _UNCOUNTED
        last += counts
        numbers.append(last if counts else 0)
    return numbers


def _names(
    slides: Sequence[Slide], owners: Sequence[int], within: dict[int, list[int]], *, named: bool
) -> dict[int, str]:
    """The sections' names: the titles of their first slides, or of those that begin them."""
    if named:
        begun = ((owners[n], slide) for n, slide in enumerate(slides) if SECTION in layouts(slide))
        return {section: slide.title for section, slide in begun}
    return {section: slides[members[0]].title for section, members in within.items() if len(members) > 1}


def _within(members: Sequence[int], n: int) -> tuple[int, int]:
    return (members.index(n) + 1, len(members)) if n in members and len(members) > 1 else (0, 0)


def header(html: str, place: Place, title: str) -> str:
    """A slide's header that says, above the title, which section this is and where in it the slide stands."""
    if not place.name or not place.of:
        return html
    words = f"{place.at} / {place.of}" if place.name == title else f"{place.name}　{place.at} / {place.of}"
    return _HEADER.sub(lambda found: f'{found[0]} data-place="{escape(words)}"', html, count=1)


def footer(html: str, place: Place, around: Stage) -> str:
    """A slide's footer with its number: the author's, or course and lecture where the deck has none of its own."""
    number = f' data-number="{place.number} / {place.total}"' if place.number else ""
    if html and around.covered:
        html = _ADDRESS.sub("", html)
    if html:
        return _FOOTER.sub(lambda found: found[0] + number, html, count=1)
    names = dict.fromkeys(filter(None, (around.course, around.lecture))) if around.footers else {}
    words = "".join(f"<span>{escape(name)}</span>" for name in names)
    return f'<div class="footer"{number}><p class="running">{words}</p></div>' if words or number else ""
