"""Formats citations and lists of works, by citeproc-py in any CSL style."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from kejian.core.citations import Bibliography, Citation, Cited, WorkList
from kejian.core.diagnostics import Diagnostic, warning
from kejian.core.messages import words
from kejian.core.model import Artifact
from kejian.makers.installed import versions
from kejian.makers.works import PACKAGES, Works, WorksError, works
from kejian.makers.year_letters import lettered

if TYPE_CHECKING:  # an extra, imported where it is used
    import citeproc

_Hole = Citation | WorkList
_INSTALL = 'pip install "kejian[citations]"'
_PAGES = re.compile(r"^(?:pp?\.|pages?|S\.|第)\s*(?P<pages>[\d–-]+)\s*页?$")
_VERSION = "2"


class Citations:
    """Maker of citations and of lists of works."""

    def key(self, hole: _Hole) -> str:
        """Return the engine's version, the bibliography's digest and the hole's place in it."""
        within = hole.within.digest if hole.within else ""
        place = (
            f"{hole.number} {hole.narrative} {hole.note}"
            if isinstance(hole, Citation)
            else f"{hole.first} {hole.count}"
        )
        return "\0".join((_VERSION, versions(*PACKAGES), type(hole).__name__, within, place))

    @contextmanager
    def make(self, holes: Sequence[_Hole]) -> Iterator[Iterable[tuple[_Hole, Artifact | Diagnostic]]]:
        """Format all `holes`, one bibliography after the other."""
        yield (made for some in _grouped(holes) for made in _made(some))


def _grouped(holes: Sequence[_Hole]) -> Iterable[list[_Hole]]:
    groups: dict[str, list[_Hole]] = {}
    for hole in holes:
        groups.setdefault(hole.within.digest if hole.within else "", []).append(hole)
    return groups.values()


def _made(holes: list[_Hole]) -> Iterator[tuple[_Hole, Artifact | Diagnostic]]:
    """Yield the artifacts of holes that have one bibliography."""
    within = holes[0].within
    if within is None:  # the work is not in the bibliography
        yield from ((hole, Artifact(html=escape(hole.written))) for hole in holes if isinstance(hole, Citation))
        return
    try:
        formatted = _Formatted(within, works(within.kind, within.entries))
        yield from [(hole, Artifact(html=formatted.html(hole))) for hole in holes]
    except ModuleNotFoundError as e:
        message = f"citations need the package {e.name}, which is not installed"
        yield from ((hole, warning("citation", hole.span, message, _INSTALL)) for hole in holes)
    except WorksError as e:
        yield from ((hole, warning("citation", hole.span, str(e), e.hint)) for hole in holes)
    except Exception as e:  # citeproc-py fails in any way on a field, or a style, that it does not know
        message = f"the style {within.style} cannot format these works: {type(e).__name__}: {e}"
        hint = 'try another style: csl = "ieee"'
        yield from ((hole, warning("citation", hole.span, message, hint)) for hole in holes)


class _Formatted:
    """The citations of a deck, registered in order, since numbers and letters after years depend on it."""

    def __init__(self, within: Bibliography, known: Works) -> None:
        self._within, self._known = within, known
        self._register()
        style = self._bibliography.style.root.citation
        if style is not None and style.get("disambiguate-add-year-suffix") == "true":
            items = lettered(known.items, self._bibliography.keys, self._alone)
            if any(item is not known.items[key] for key, item in items.items()):  # a year equals one with a letter
                self._known = Works(items)
                self._register()

    def _register(self) -> None:
        """Give all citations to a new bibliography, which lists the works in the style's order."""
        import citeproc
        from citeproc import formatter

        style = self._known.style(self._within.style, self._within.language)
        self._bibliography = citeproc.CitationStylesBibliography(style, self._known.source(), formatter.html)
        self._clusters = [self._cluster(works) for works in self._within.clusters]
        for one in self._clusters:
            self._bibliography.register(one)
        if style.has_bibliography():
            self._bibliography.sort()

    def _alone(self, key: str) -> str:
        """Return how a work is cited by itself."""
        one = self._cluster([Cited(key)])
        self._bibliography.register(one)
        return str(self._bibliography.cite(one, lambda _: None))

    def _cluster(self, works: Iterable[Cited]) -> citeproc.Citation:
        import citeproc

        items = []
        for work in works:
            pages = _PAGES.match(work.after)
            more: dict[str, Any] = {"locator": citeproc.Locator("page", pages["pages"])} if pages else {}
            if work.before:
                more["prefix"] = f"{work.before} "
            if work.after and not pages:
                more["suffix"] = f", {work.after}"
            items.append(citeproc.CitationItem(work.key.lower(), **more))
        return citeproc.Citation(items)

    def html(self, hole: _Hole) -> str:
        """Return what fills a citation, or a list of works."""
        return self._citation(hole) if isinstance(hole, Citation) else self._listed(hole.first, hole.count)

    def _citation(self, hole: Citation) -> str:
        if hole.note:
            return self._note(hole)
        if hole.narrative and self._within.notes:
            return escape(self._known.authors(hole.works[0], self._within.language))
        text = self._text(hole)
        if hole.narrative or any(work.alone for work in hole.works):
            text = self._known.narrative(hole.works[0], text, self._within, alone=not hole.narrative)
        if not self._within.listed:
            return f'<span class="citation">{text}</span>'
        return f'<a class="citation reference" href="#{escape(entry(hole.works[0].key))}">{text}</a>'

    def _text(self, hole: Citation) -> str:
        return self._known.shown(str(self._bibliography.cite(self._clusters[hole.number], lambda _: None)))

    def _note(self, hole: Citation) -> str:
        """Return what a note says: what a style of notes has for it, of others the works as they are listed."""
        if self._bibliography.style.root.get("class") == "note":
            return self._text(hole)
        rows = dict(self._rows)
        return "; ".join(self._listed_work(work, rows[work.key.lower()]) for work in hole.works) + "."

    def _listed_work(self, work: Cited, row: str) -> str:
        text = _NUMBER.sub("", self._known.shown(row)).strip().rstrip(".")
        text = f"{text}, {escape(work.after)}" if work.after else text
        return f"{escape(work.before)} {text}" if work.before else text

    @cached_property
    def _rows(self) -> list[tuple[str, str]]:
        """Return the keys of the listed works with their entries, formatted once for all parts of the list."""
        return [*zip(self._bibliography.keys, map(str, self._bibliography.bibliography()), strict=False)]

    def _listed(self, first: int, count: int) -> str:
        keys = {key.lower(): key for key, _ in self._within.entries}
        rows = self._rows[first : first + count]
        said = words(self._within.language)["references"]
        entries = "".join(
            f'<p id="{escape(entry(keys.get(key, key)))}">{_NUMBER.sub(_apart, self._known.shown(row))}</p>'
            for key, row in rows
        )
        return f'<div class="bibliography" role="list" aria-label="{escape(said)}">{entries}</div>'


_NUMBER = re.compile(r"^(\[\d+\]|\d+\.)\s*")


def _apart(number: re.Match[str]) -> str:
    return f'<span class="entry-number">{number[1]}</span> '


def entry(key: str) -> str:
    """Return the id of a work in the list."""
    return f"ref-{key}"
