"""The entries of a course's start page, in the parts that its settings name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kejian.core.addresses import quoted
from kejian.core.model import Deck
from kejian.core.start_page import Section, arranged
from kejian.parse.html.lookup import page_path


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """An entry of the index. `slides` is 0 for a plain page; `date` is the deck's, as its front matter has it."""

    path: str
    title: str
    slides: int
    headings: tuple[str, ...] = ()
    date: str = ""

    @property
    def href(self) -> str:
        """Return the address of its page on the start page."""
        return quoted(page_path(self.path))


@dataclass(frozen=True, slots=True)
class IndexPart:
    """A part of the start page with its entries."""

    section: Section
    entries: tuple[IndexEntry, ...]


def entry(deck: Deck) -> IndexEntry:
    """Return the deck's entry of the index: its title and up to six distinct headings."""
    titles = dict.fromkeys(slide.title for slide in deck.slides if slide.title and slide.title != deck.title)
    date = str(deck.front.get("date") or "")
    return IndexEntry(path=deck.path, title=deck.title, slides=len(deck.slides), headings=tuple(titles)[:6], date=date)


def parts(entries: Sequence[IndexEntry], sections: Iterable[Section]) -> tuple[list[IndexPart], list[IndexEntry]]:
    """Return the parts of the start page, and the entries that are in none; a part without entries is left out."""
    by_path = {one.path: one for one in entries}
    found = [
        IndexPart(section, tuple(by_path[path] for path in held))
        for section, held in arranged(sections, by_path)
        if held
    ]
    taken = {one.path for part in found for one in part.entries}
    return found, [one for one in entries if one.path not in taken]
