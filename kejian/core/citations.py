"""Citations of works, as holes of a slide."""

from __future__ import annotations

from dataclasses import dataclass, field

from kejian.core.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Cited:
    """A work in a citation, by its key, with the text before and after it: `see @key, p. 3`.

    alone: without its authors, `-@key`.
    """

    key: str
    before: str = ""
    after: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bibliography:
    """What the citations of a deck have in common. digest: of everything else.

    style: the name of a CSL style. language: BCP 47 tag. kind: `bib` or `json`.
    entries: the key of each work that is cited, with its source in that format.
    clusters: the works of each citation, in the deck's order. listed: the deck lists them. notes: citations are notes.
    """

    digest: str
    style: str = field(compare=False)
    language: str = field(compare=False)
    kind: str = field(compare=False)
    entries: tuple[tuple[str, str], ...] = field(compare=False)
    clusters: tuple[tuple[Cited, ...], ...] = field(compare=False)
    listed: bool = field(compare=False)
    notes: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A citation. narrative: `@key` in a sentence. written: its source. number: its place among `within.clusters`.

    note: it stands below the slide.
    """

    works: tuple[Cited, ...]
    narrative: bool
    written: str
    span: Span = field(compare=False)
    within: Bibliography | None = None
    number: int = 0
    note: bool = False


@dataclass(frozen=True, slots=True)
class WorkList:
    """A part of the list of cited works: from number `first`, and at most `count` of them."""

    within: Bibliography
    first: int
    count: int
    span: Span = field(compare=False)
