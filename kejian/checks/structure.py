"""Checks of what readers navigate by: titles, heading levels, ids."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kejian.checks.subject import CourseUnderCheck, SpanFinding, shown, tree
from kejian.core.model import Deck, Slide


def untitled(material: CourseUnderCheck) -> Iterator[SpanFinding]:
    """Yield each slide without a heading, which overviews, searches and screen readers cannot name.

    A cover has the deck's title from front matter.
    """
    for deck, slide in material.slides:
        cover = "cover" in slide.attributes.text("class").split() and deck.front.get("title")
        if deck.slides and not (slide.title or cover or slide.attributes.text("aria-label")):
            yield slide.span, "the slide has no title"


def skipped_levels(material: CourseUnderCheck) -> Iterator[SpanFinding]:
    """Yield each heading that is more than one level below its predecessor on the slide."""
    for _, slide in material.slides:
        for above, heading in pairwise(slide.headings):
            if heading.level > above.level + 1:
                message = f"“{heading.text}” is a heading of level {heading.level} below one of level {above.level}"
                yield material.place(slide, f"{'#' * heading.level} {heading.text}", heading.text), message


def duplicate_ids(material: CourseUnderCheck) -> Iterator[SpanFinding]:
    """Yield each id that occurs more than once in a deck."""
    for deck in material.decks:
        taken: set[str] = set()
        for slide, name in _ids(deck):
            if name in taken:
                places = (f'id="{name}"', f"id='{name}'", f"id={name}", f"#{name}", name)
                yield material.place(slide, *places), f"the id “{name}” is there twice"
            taken.add(name)


def _ids(deck: Deck) -> Iterator[tuple[Slide, str]]:
    for slide in shown(deck):
        own = slide.attributes.text("id")
        within = [node.attributes.get("id") or "" for node in tree(slide).css("[id]")] if "id" in slide.html else []
        yield from ((slide, name) for name in (own, *within) if name)
