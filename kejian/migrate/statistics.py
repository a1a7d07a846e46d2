"""Counts the features that a deck uses, as an overview before the findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kejian.core.model import Deck, Diagram, Formula, Icon, Listing
from kejian.migrate.blocks import Element, Fence
from kejian.parse.lines.line_pass import asked
from kejian.parse.lines.text_macros import Macros
from kejian.parse.markdown.example import FENCE

_PICTURE = re.compile(r"<img\b[^<>]*\ssrc=")
_KINDS = {Formula: "formulas", Diagram: "diagrams", Listing: "listings", Icon: "icons"}


def tally(deck: Deck, lines: Sequence[str], found: Sequence[Element], macros: Macros) -> Counter[str]:
    """Count the features in the deck with these source lines; in the order of display."""
    counts: Counter[str] = Counter()
    counts["slides"] = len(deck.slides)
    counts["below another"] = sum(slide.vertical for slide in deck.slides)
    counts["with notes"] = sum(bool(slide.attributes.text("data-notes").strip()) for slide in deck.slides)
    counts.update(_KINDS.get(type(hole), "examples") for hole in deck.holes)
    counts["chunks"] = sum(isinstance(one, Fence) and one.chunk and one.language != FENCE for one in found)
    counts["pictures"] = sum(len(_PICTURE.findall(slide.html)) for slide in (deck.preface, *deck.slides))
    counts["tables"] = sum(slide.html.count("<table") for slide in (deck.preface, *deck.slides))
    counts.update(_written(lines, found, macros))
    return counts


def _written(lines: Sequence[str], found: Sequence[Element], macros: Macros) -> Iterator[str]:
    """Yield the kind of each import and the name of each text macro outside fences."""
    fenced = {n for one in found if isinstance(one, Fence) for n in range(one.first, one.end)}
    for number, line in enumerate(lines):
        if number in fenced:
            continue
        request = asked(line.strip().removeprefix("<!--").removesuffix("-->"))
        if request:
            suffix = request[0].partition("#")[0].rpartition(".")[2].lower()
            yield f"imports of {suffix if suffix.isalnum() else 'others'}"
        word = line.strip().partition(" ")[0]
        if word in macros.at_start:
            yield word
        yield from (name for name in macros.anywhere if name in line)


def in_words(counts: Counter[str]) -> str:
    """Format the counts as a line of text, without zeros."""
    return ", ".join(_counted(count, noun) for noun, count in counts.items() if count) or "nothing"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun.removesuffix('s') if count == 1 and ' ' not in noun else noun}"
