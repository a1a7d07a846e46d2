"""How a deck hangs together for those who navigate it: titles, levels of headings, ids."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kejian.checks.material import Found, Material, shown, tree
from kejian.model import Deck, Slide


def untitled(material: Material) -> Iterator[Found]:
    """Each slide that has no heading: overviews, searches and screen readers have no name for it."""
    for deck, slide in material.slides:
        if deck.slides and not slide.title and not slide.attributes.text("aria-label"):
            yield slide.span, "the slide has no title"


def skipped_levels(material: Material) -> Iterator[Found]:
    """Each heading that is more than one level below the one before it on the slide."""
    for _, slide in material.slides:
        for above, heading in pairwise(slide.headings):
            if heading.level > above.level + 1:
                message = f"“{heading.text}” is a heading of level {heading.level} below one of level {above.level}"
                yield material.place(slide, f"{'#' * heading.level} {heading.text}", heading.text), message


def duplicate_ids(material: Material) -> Iterator[Found]:
    """Each id that the same deck has given already."""
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
