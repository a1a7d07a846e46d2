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

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """The lines of one slide, with the attributes of its mark. span: from its mark up to the next."""

    attributes: Attributes
    span: Span
    lines: Sequence[Line]


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


_KNOWN: OrderedDict[Key, Drawn] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Known:
    """The known slides of one file. shared: what they are drawn with, besides what they change."""

    path: str
    shared: Key

    def key(self, cut: Cut, scope: Scope) -> Key | None:
        """What a slide that is about to be drawn is known by; `None` for one that is drawn each time."""
        if scope.slide_code and any("cmd" in line.text for line in cut.lines):  # it may continue another slide's chunk
            return None
        first = cut.span.line if cut.span.path == self.path else 0
        own = tuple(
            (line.text, line.source, line.path, line.number - first if line.path == self.path else line.number)
            for line in cut.lines
        )
        span = replace(cut.span, line=cut.span.line - first, end=cut.span.end - first)
        notes = scope.slides if any("^" in line.text for line in cut.lines) else 0  # a footnote has the slide's number
        written = repr(cut.attributes)  # `true` and `1` are equal, but not the same
        return self.shared, written, span, own, notes

    def recall(self, key: Key, span: Span, scope: Scope, folder: Folder) -> Drawn | None:
        """The slide at `span`, if it is known and its reads are as they were; its headings have taken their ids."""
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

    def keep(self, key: Key, drawn: Drawn) -> None:
        """Know the slide from now on, unless it leads out of the course: where links lead may change unseen."""
        if any(found.code == "outside-course" for found in drawn.diagnostics):
            return
        _KNOWN[key] = drawn
        while len(_KNOWN) > _MOST:
            _KNOWN.popitem(last=False)


def known(root: Path, path: str, scripts: bool, scope: Scope) -> Known:  # noqa: FBT001 -- a setting
    """The known slides of the file `path` below `root`, as drawn with what `scope` has collected."""
    shared = (scope.references, scope.abbreviations.meanings, scope.footnotes, scope.slide_code)
    return Known(path, (root, path, scripts, repr(shared)))


def changed(scope: Scope) -> tuple[object, ...]:
    """What drawing a slide may change of what its file shares, besides the ids of headings."""
    return scope.listed, scope.borrowed, len(scope.chunks), scope.chunks.get("")


def _moved(span: Span, path: str, by: int) -> Span:
    if span.path != path:
        return span
    return Span(path, span.line + by, span.column, span.end + by if span.end else 0)
