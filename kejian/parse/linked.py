"""The decks of a course: those in its files and those that they link to, with references from one to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from kejian.core.model import Deck
from kejian.parse.deck import ParseContext, load
from kejian.parse.labels.elsewhere import Answers, LabelNames, completed


class _WithLinks(Protocol):
    @property
    def links(self) -> Sequence[str]: ...


F = TypeVar("F", bound=_WithLinks)


def followed(paths: Iterable[str], read: Callable[[Sequence[str]], Iterable[F]]) -> Iterator[F]:
    """Yield what `read` makes of these files, then of the Markdown files that they link to, each once."""
    wanted = list(dict.fromkeys(paths))
    known = set(wanted)
    while wanted:
        links: dict[str, None] = {}
        for file in read(wanted):
            yield file
            links |= dict.fromkeys(file.links)
        wanted = [link for link in links if link not in known]
        known.update(wanted)


@dataclass(frozen=True, slots=True)
class _Loaded:
    deck: Deck
    answers: Answers

    @property
    def names(self) -> LabelNames:
        return LabelNames.of(self.deck)


def load_linked(paths: Iterable[str], around: ParseContext) -> tuple[Deck, ...]:
    """Load the decks in these files, then those in the Markdown files that they link to."""
    alone = followed(paths, lambda wanted: (load(path, around) for path in wanted))

    def again(file: _Loaded, answers: Answers) -> _Loaded:
        return _Loaded(load(file.deck.path, around, answers=answers), answers)

    return tuple(file.deck for file in completed([_Loaded(deck, {}) for deck in alone], again))
