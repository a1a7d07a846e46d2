"""Cache of parsed slides within a process, so that a preview parses only the slide that was edited.

A slide is keyed by its own lines and the file's shared state. A slide that changes the shared state, other than by
taking heading ids, is parsed every time. Its position is not part of the key: a slide below an edit moves with its
lines.
"""

from __future__ import annotations

from collections import ChainMap, OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kejian.core.attributes import Attributes
from kejian.core.diagnostics import Diagnostic, Span
from kejian.core.disk.files import Folder
from kejian.core.model import Slide
from kejian.parse.html.publishable import PublishPolicy
from kejian.parse.lines.line_pass import Line
from kejian.parse.markdown import FileRenderer
from kejian.parse.markdown.headings import unique

_MOST = 1024
"""Slides that are kept: enough for the largest deck that is edited."""

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class SlideSource:
    """The lines of a slide, with the attributes of its mark. span: from its mark up to the next."""

    attributes: Attributes
    span: Span
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedSlide:
    """A slide, and everything else that parsing it produced.

    assets, linked, reads: as in `Targets` and `Folder`. named: the ids that its headings requested, and received.
    """

    slide: Slide
    diagnostics: tuple[Diagnostic, ...]
    assets: tuple[str, ...]
    linked: tuple[str, ...]
    reads: Mapping[str, str]
    named: tuple[tuple[str, str], ...]

    def moved(self, path: str, span: Span) -> ParsedSlide:
        """Return the same slide at the place `span` of the file `path`."""
        by = span.line - self.slide.span.line
        if not by:
            return self
        move = partial(_moved, path=path, by=by)
        slide = replace(
            self.slide,
            span=span,
            holes=tuple(replace(hole, span=move(hole.span)) for hole in self.slide.holes),
            labels=tuple(replace(one, span=move(one.span)) for one in self.slide.labels),
            references=tuple(replace(one, span=move(one.span)) for one in self.slide.references),
        )
        found = tuple(replace(one, span=move(one.span)) for one in self.diagnostics)
        return replace(self, slide=slide, diagnostics=found)


_KNOWN: OrderedDict[Key, ParsedSlide] = OrderedDict()


@dataclass(frozen=True, slots=True)
class KnownSlides:
    """The known slides of one file. shared: the state that they depend on but do not change."""

    path: str
    shared: Key

    def key(self, cut: SlideSource, scope: FileRenderer) -> Key | None:
        """Return the key of a slide about to be parsed; `None` if it has to be parsed every time."""
        if scope.slide_code and any("cmd" in line.text for line in cut.lines):  # it may continue another slide's chunk
            return None
        first = cut.span.line if cut.span.path == self.path else 0
        own = tuple(
            (line.text, line.source, line.path, line.number - first if line.path == self.path else line.number)
            for line in cut.lines
        )
        span = replace(cut.span, line=cut.span.line - first, end=cut.span.end - first)
        notes = scope.slides if any("^" in line.text for line in cut.lines) else 0  # ids contain the slide's number
        written = repr(cut.attributes)  # `true` and `1` are equal, but are printed differently
        return self.shared, written, span, own, notes

    def recall(self, key: Key, span: Span, scope: FileRenderer, folder: Folder) -> ParsedSlide | None:
        """Return the slide at `span` if it is known and its reads are unchanged; registers its headings' ids."""
        drawn = _KNOWN.get(key)
        if drawn is None or not folder.unchanged(drawn.reads):
            return None
        taken: ChainMap[str, int] = ChainMap({}, scope.slugs)
        if any(unique(name, taken) != got for name, got in drawn.named):
            return None
        scope.slugs.update(taken.maps[0])
        scope.slides += 1
        with suppress(KeyError):  # evicted by a build in another thread
            _KNOWN.move_to_end(key)
        return drawn.moved(self.path, span)

    def keep(self, key: Key, drawn: ParsedSlide) -> None:
        """Remember the slide, unless it refers outside the course, where changes may go unnoticed."""
        if any(found.code == "outside-course" for found in drawn.diagnostics):
            return
        _KNOWN[key] = drawn
        while len(_KNOWN) > _MOST:
            _KNOWN.popitem(last=False)


def known(root: Path, path: str, publishing: PublishPolicy, scope: FileRenderer) -> KnownSlides:
    """Return the known slides of the file `path` below `root`, for the shared state in `scope`."""
    how = (scope.slide_code, scope.pauses, scope.cites, scope.dialect)
    shared = (scope.references, scope.abbreviations.meanings, scope.footnotes, *how)
    return KnownSlides(path, (root, path, publishing, repr(shared)))


def changed(scope: FileRenderer) -> tuple[object, ...]:
    """Return the shared state that parsing a slide may change, besides the ids of headings."""
    return scope.listed, scope.borrowed, len(scope.chunks), scope.chunks.get("")


def _moved(span: Span, path: str, by: int) -> Span:
    if span.path != path:
        return span
    return Span(path, span.line + by, span.column, span.end + by if span.end else 0)
