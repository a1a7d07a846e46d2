"""Slides of earlier builds of this process: a preview draws the one that was edited, and knows the others.

A slide is made from its own lines and from what its file shares, so it is known by both; a slide that changes what the
file shares other than by taking ids for its headings is drawn each time. Where a slide stands is no part of it: a slide
below an edit moves with its lines.
"""

from __future__ import annotations

from collections import ChainMap, OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kejian.attributes import Attributes
from kejian.diagnostics import Diagnostic, Span
from kejian.folder import Folder
from kejian.markdown import Scope
from kejian.markdown.headings import unique
from kejian.model import Slide
from kejian.reading.lines import Line

_MOST = 1024
"""Slides that are kept: those of the largest deck that somebody edits."""

_Counts = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A slide, and all that drawing it found.

    assets, linked, reads: as in `Targets` and `Folder`. named: the ids that its headings asked for, and got.
    """

    slide: Slide
    diagnostics: tuple[Diagnostic, ...]
    assets: tuple[str, ...]
    linked: tuple[str, ...]
    reads: Mapping[str, str]
    named: tuple[tuple[str, str], ...]

    def moved(self, path: str, span: Span) -> Drawn:
        """The same where the slide, written in the file `path`, now has the place `span`."""
        by = span.line - self.slide.span.line
        if not by:
            return self
        move = partial(_moved, path=path, by=by)
        holes = tuple(replace(hole, span=move(hole.span)) for hole in self.slide.holes)
        found = tuple(replace(one, span=move(one.span)) for one in self.diagnostics)
        return replace(self, slide=replace(self.slide, span=span, holes=holes), diagnostics=found)


_KNOWN: OrderedDict[tuple[object, ...], Drawn] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Known:
    """The known slides of one file. shared: what they are drawn with, besides what they change."""

    path: str
    shared: tuple[object, ...]

    def recall(
        self, attributes: Attributes, lines: Sequence[Line], span: Span, scope: Scope, folder: Folder
    ) -> Drawn | None:
        """The slide, if it is known and what it reads is as it was; its headings then have taken their ids."""
        key = self._key(attributes, lines, span, scope)
        drawn = _KNOWN.get(key)
        if drawn is None or not folder.unchanged(drawn.reads):
            return None
        taken: ChainMap[str, int] = ChainMap({}, scope.slugs)
        if any(unique(name, taken) != got for name, got in drawn.named):
            return None
        scope.slugs.update(taken.maps[0])
        scope.slides += 1
        with suppress(KeyError):  # a build in another thread has just let it go
            _KNOWN.move_to_end(key)
        return drawn.moved(self.path, span)

    def before(self, scope: Scope) -> _Counts:
        """What a slide may change of what its file shares, besides the ids of headings."""
        return scope.listed, scope.borrowed, len(scope.chunks), scope.chunks.get("")

    def keep(
        self, drawn: Drawn, attributes: Attributes, lines: Sequence[Line], span: Span, before: _Counts, scope: Scope
    ) -> None:
        """Know the slide from now on, unless it changed what its file shares."""
        runs = scope.slide_code and any("cmd" in line.text for line in lines)  # it may continue another slide's chunk
        if runs or self.before(scope) != before:
            return
        scope.slides -= 1
        _KNOWN[self._key(attributes, lines, span, scope)] = drawn
        scope.slides += 1
        while len(_KNOWN) > _MOST:
            _KNOWN.popitem(last=False)

    def _key(self, attributes: Attributes, lines: Sequence[Line], span: Span, scope: Scope) -> tuple[object, ...]:
        first = span.line if span.path == self.path else 0
        own = tuple(
            (line.text, line.source, line.path, line.number - first if line.path == self.path else line.number)
            for line in lines
        )
        notes = scope.slides if any("^" in line.text for line in lines) else 0  # a footnote has the slide's number
        written = repr(attributes)  # `true` and `1` are equal, but not the same
        return self.shared, written, replace(span, line=span.line - first, end=span.end - first), own, notes


def known(root: Path, path: str, scripts: bool, scope: Scope) -> Known:  # noqa: FBT001 -- a setting
    """The known slides of the file `path` below `root`, as drawn with what `scope` has collected."""
    shared = (scope.references, scope.abbreviations.meanings, scope.footnotes, scope.slide_code)
    return Known(path, (root, path, scripts, repr(shared)))


def _moved(span: Span, path: str, by: int) -> Span:
    if span.path != path:
        return span
    return Span(path, span.line + by, span.column, span.end + by if span.end else 0)


def forget() -> None:
    """Know no slide any more."""
    _KNOWN.clear()
