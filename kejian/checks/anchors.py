"""Checks that links to headings, elements and slides have a target."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from kejian.checks.subject import CourseUnderCheck, SpanFinding, shown, tree
from kejian.core.addresses import is_remote
from kejian.core.model import Deck
from kejian.render.sections import stacks

_NUMBERS = re.compile(r"(\d{1,6})(?:/(\d{1,6}))?(?:/\d{1,6})?/?")


def missing(material: CourseUnderCheck) -> Iterator[SpanFinding]:
    """Yield each link whose `#…` has no target; missing files are found when the deck is parsed."""
    known: dict[str, frozenset[str]] = {}
    for deck, slide in material.slides:
        if "#" not in slide.html:
            continue
        for link in tree(slide).css("a[href]"):
            page, mark, anchor = (link.attributes.get("href") or "").partition("#")
            target = _target(material, deck, page)
            if not mark or target is None:
                continue
            if target.path not in known:
                known[target.path] = _ids(target)
            wrong = _wrong(target, unquote(anchor), known[target.path])
            if wrong:
                yield material.place(slide, f"#{unquote(anchor)}", f"#{anchor}"), wrong


def _target(material: CourseUnderCheck, deck: Deck, page: str) -> Deck | None:
    """Return the deck that a link on the page of `deck` leads to; `None` outside of the course's pages."""
    if not page:
        return deck
    if is_remote(page):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(deck.path), unquote(page.partition("?")[0])))
    return material.pages.get(path)


def _ids(deck: Deck) -> frozenset[str]:
    """Return all ids on the page."""
    found = {f"s{h}.{v}" for h, column in enumerate(stacks(deck.slides)) for v, _ in enumerate(column)}
    for slide in shown(deck):
        found.add(slide.attributes.text("id"))
        found.update(node.attributes.get("id") or "" for node in tree(slide).css("[id]"))
        if not deck.slides:
            found.update(node.attributes.get("name") or "" for node in tree(slide).css("a[name]"))
    return frozenset(found - {""})


def _wrong(deck: Deck, anchor: str, ids: frozenset[str]) -> str:
    """Return what is wrong with a link to `anchor`, read as reveal.js does: an id, or a column and a row; "" if
    nothing.
    """
    name = anchor.removeprefix("/")
    if not name or name in ids or (deck.slides and re.sub(r"/-?\d{1,6}$", "", name) in ids):
        return ""
    numbers = _NUMBERS.fullmatch(name) if deck.slides else None
    if not numbers:
        return f"nothing in {deck.path} has the id “{name}”"
    columns = stacks(deck.slides)
    first = int(bool(deck.reveal.get("hashOneBasedIndex")))
    h, v = int(numbers[1]) - first, int(numbers[2] or first) - first
    if not 0 <= h < len(columns):
        return f"{deck.path} has no slide {name}: its columns are {first} to {first + len(columns) - 1}"
    if not 0 <= v < len(columns[h]):
        return f"{deck.path} has no slide {name}: the rows of that column are {first} to {first + len(columns[h]) - 1}"
    return ""
