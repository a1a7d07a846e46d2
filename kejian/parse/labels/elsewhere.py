"""Labels of other decks: a deck is parsed by itself, and then asks the course for the labels that it does not have.

What the course answers is a part of what the deck's page is made from, and so of nothing else: a page without such
references asks nothing.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol, TypeVar

from kejian.core import addresses
from kejian.core.messages import words
from kejian.core.model import Deck
from kejian.parse.html.lookup import page_path


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckLabel:
    """A label of a deck, by the deck's path and title. number: as it is shown there: `3`, `(3)`, a section's title."""

    name: str
    kind: str
    number: str
    path: str
    title: str


Answers = Mapping[str, tuple[DeckLabel, ...]]
"""What other decks have under the names that a deck asks for; more than one is none that could be meant."""


@dataclass(frozen=True, slots=True)
class LabelNames:
    """What a deck labels, and the names that it refers to and does not label."""

    labels: tuple[DeckLabel, ...] = ()
    missing: tuple[str, ...] = ()

    @classmethod
    def of(cls, deck: Deck) -> LabelNames:
        """Return those of a parsed deck."""
        labels = tuple(
            DeckLabel(name=one.name, kind=one.kind, number=one.number, path=deck.path, title=deck.title)
            for one in deck.labels
        )
        own = {one.name for one in labels}
        return cls(labels, tuple(dict.fromkeys(one.name for one in deck.references if one.name not in own)))


class _File(Protocol):
    """A deck that was parsed, or built before, with what it was answered then."""

    @property
    def names(self) -> LabelNames: ...
    @property
    def answers(self) -> Answers: ...


F = TypeVar("F", bound=_File)


def completed(files: Sequence[F], again: Callable[[F, Answers], F]) -> list[F]:
    """Return the files, those parsed again that other decks answer otherwise than when they were parsed."""
    known = table(file.names for file in files)
    return [file if (now := answers(file.names, known)) == file.answers else again(file, now) for file in files]


def table(decks: Iterable[LabelNames]) -> Answers:
    """Return all labels of these decks by their names."""
    found: dict[str, tuple[DeckLabel, ...]] = {}
    for deck in decks:
        for label in deck.labels:
            found[label.name] = (*found.get(label.name, ()), label)
    return found


def answers(names: LabelNames, known: Answers) -> Answers:
    """Return what other decks have of what a deck does not have itself."""
    return {name: known[name] for name in names.missing if name in known}


def link(label: DeckLabel, shown: str, page: str, language: str) -> str:
    """Return a link from the page at `page` to a label of another deck. shown: its number, as HTML."""
    target = f"{addresses.address(page_path(label.path), page)}#{addresses.quoted(label.name)}"
    said = "".join({"%1": shown, "%2": escape(label.title)}.get(part, part) for part in _parts(language))
    return f'<a class="reference elsewhere" href="{escape(target)}">{said}</a>'


def several_have_it(labels: Sequence[DeckLabel], path: str) -> str:
    """Return what to type in the file `path` to refer to one of these, which have the same name."""
    first, decks = labels[0], " and ".join(one.path for one in labels)
    target = posixpath.relpath(first.path, posixpath.dirname(path) or ".")
    return f"{decks} have it: write a link to one of them, such as [text]({target}#{first.name})"


def _parts(language: str) -> list[str]:
    return re.split("(%[12])", words(language)["label_elsewhere"])
