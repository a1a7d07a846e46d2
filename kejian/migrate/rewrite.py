"""Rewrites a deck: pasted outputs become examples, paths are corrected, and both are reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kejian.core.diagnostics import Diagnostic, Severity, Span, ordered, warning
from kejian.core.model import Deck
from kejian.examples.record.outputs import Output
from kejian.migrate import module as modules
from kejian.migrate import paths, tables
from kejian.migrate.blocks import OUTPUTS, Element, Fence, elements, written_contents
from kejian.migrate.example import ProposedExample, expected
from kejian.migrate.extract import DeckExtraction
from kejian.migrate.facts import CourseFacts
from kejian.parse.lines import frontmatter

_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w%]|[.,]\d)")
_DIGITS = 4
"""A number with fewer digits stands in prose by chance."""

Edits = Mapping[int, tuple[int, list[str]]]
"""By the first line that goes, counted from 0: the line behind the last one, and the lines that come instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RewrittenDeck:
    """A deck's new text, the new text of its examples module ("" if it needs none), and findings about both.

    records: the calls whose outputs were pasted, `module.function()`, with those outputs.
    files: further new files by their course paths. foreign: the deck was for another program.
    """

    text: str
    module: str = ""
    source: str = ""
    examples: tuple[ProposedExample, ...] = ()
    records: tuple[tuple[str, tuple[Output, ...]], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    foreign: bool = False


def rewritten(deck: Deck, text: str, known: str, facts: CourseFacts) -> RewrittenDeck:
    """Rewrite the deck with the source `text`; `known` is the text of its examples module, "" for none."""
    plain = text.replace("\r\n", "\n")
    if "\r" in plain:
        hint = "save it with the line ends of one system"
        odd = warning(
            "line-ends", Span(deck.path), "the lines of this file end in several ways; it is left alone", hint
        )
        return RewrittenDeck(text=text, diagnostics=(odd,))
    lines = plain.removeprefix("\ufeff").split("\n")
    first = frontmatter.read("\n".join(lines), deck.path).lines
    found = list(elements(lines, first))
    moving = DeckExtraction(deck=deck, facts=facts, taken=set(modules.defined(known)))
    moving.move(lines, found)
    prose = list(_prose(first, len(lines), found, moving.edits))
    contents, said = _contents(deck.path, lines, found)
    drawn, tabled = _tables(deck.path, found, moving.edits)
    spelled, spelling = _paths(deck.path, lines, prose, facts)
    numbers = _numbers(deck.path, lines, prose, moving)
    new = "\n".join(_edited(lines, {**spelled, **drawn, **moving.edits, **contents}))
    new = ("\ufeff" if plain.startswith("\ufeff") else "") + new
    made = tuple(moving.made)
    return RewrittenDeck(
        text=new.replace("\n", "\r\n") if "\r\n" in text else new,
        module=moving.module if made else "",
        source=modules.added(known, deck.path, made) if made else "",
        examples=made,
        records=tuple((f"{moving.stem}.{one.name}()", outputs) for one in made if (outputs := expected(one))),
        diagnostics=tuple(ordered([*moving.found, *said, *tabled, *spelling, *numbers])),
    )


def _edited(lines: Sequence[str], edits: Edits) -> Iterator[str]:
    at = 0
    for start in sorted(edits):
        if start < at:
            continue  # its lines were replaced
        end, new = edits[start]
        yield from lines[at:start]
        yield from new
        at = end
    yield from lines[at:]


def _prose(first: int, last: int, found: Sequence[Element], edits: Edits) -> Iterator[int]:
    """Yield the lines that are in no fence and not replaced."""
    gone = {n for start, (end, _) in edits.items() for n in range(start, end)}
    gone |= {n for one in found if isinstance(one, Fence) for n in range(one.first, one.end)}
    return (n for n in range(first, last) if n not in gone)


def _contents(path: str, lines: Sequence[str], found: Sequence[Element]) -> tuple[Edits, list[Diagnostic]]:
    """Remove tables of contents that the editor has generated, since a build makes its own."""
    ranges = list(written_contents(lines, found))
    message = "this table of contents was written by the editor; a build makes its own and leaves this one out"
    said = [warning("written-contents", Span(path, one.start), message, "the patch removes it") for one in ranges]
    return {one.start: (one.stop, []) for one in ranges}, said


def _tables(path: str, found: Sequence[Element], moved: Edits) -> tuple[Edits, list[Diagnostic]]:
    """Make tables of those that were printed elsewhere and pasted without their code."""
    gone = {n for start, (end, _) in moved.items() for n in range(start, end)}
    edits: dict[int, tuple[int, list[str]]] = {}
    for one in found:
        if not isinstance(one, Fence) or one.language not in OUTPUTS or one.attributes.items or one.first in gone:
            continue
        if table := tables.read(one.code):
            edits[one.first] = one.end, [f"{one.indent}{line}".rstrip() for line in tables.markdown(table)]
    message = "this table was printed elsewhere and pasted as text"
    return edits, [warning("pasted-table", Span(path, n + 1), message, "the patch makes a table of it") for n in edits]


def _paths(path: str, lines: Sequence[str], prose: Sequence[int], facts: CourseFacts) -> tuple[Edits, list[Diagnostic]]:
    """Correct the spelling of paths."""
    edits: dict[int, tuple[int, list[str]]] = {}
    said = []
    for number in prose:
        line = lines[number]
        for one in reversed(list(paths.respelled(line, path, facts.files, facts.folded))):
            at = one.column - 1
            line = line[:at] + one.meant + line[at + len(one.written) :]
            message = f"{one.written} is found on some systems only: the file is {one.meant}"
            said.append(warning("path-spelling", Span(path, number + 1, one.column), message, "the patch spells it so"))
            edits[number] = (number + 1, [line])
    return edits, said


def _numbers(path: str, lines: Sequence[str], prose: Sequence[int], moving: DeckExtraction) -> Iterator[Diagnostic]:
    """Report numbers in prose that occur in a moved output, since the prose will not be updated."""
    shown = {n: made for made in reversed(moving.made) for n in _NUMBER.findall(made.pasted) if _telling(n)}
    hint = f"write a function that returns it, and `{{python}} {moving.stem}.FUNCTION()` in backquotes here"
    for number in prose if shown else ():
        for found in _NUMBER.finditer(lines[number]):
            made = shown.get(found[0])
            if made:
                message = f"{found[0]} is a number that `{moving.stem}.{made.name}` shows: the text will not follow it"
                yield Diagnostic(
                    code="pasted-number",
                    severity=Severity.HINT,
                    span=Span(path, number + 1, found.start() + 1),
                    message=message,
                    hint=hint,
                )


def _telling(number: str) -> bool:
    return sum(c.isdigit() for c in number) >= _DIGITS
