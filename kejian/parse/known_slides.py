"""Cache of parsed slides, so that of an edited file only the slide that was edited is parsed.

In memory for a preview, and in the course's cache for the next build: there the slides of each file are one entry, as
its last parse had them. A slide is keyed by its own lines and the file's shared state. A slide that changes the shared
state, other than by taking heading ids, is parsed every time. Its position is not part of the key: a slide below an
edit moves with its lines.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kejian.core.attributes import Attributes
from kejian.core.diagnostics import Span
from kejian.core.disk.files import Folder
from kejian.core.disk.pack import Codec, Pack, Recent
from kejian.core.disk.store import Store, digest
from kejian.parse.html.publishable import PublishPolicy
from kejian.parse.lines.line_pass import Line
from kejian.parse.markdown import FileRenderer
from kejian.parse.markdown.headings import unique
from kejian.parse.slide_codec import ParsedSlide, decoded, encoded

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class SlideSource:
    """The lines of a slide, with the attributes of its mark. span: from its mark up to the next."""

    attributes: Attributes
    span: Span
    lines: Sequence[Line]


def _at(parsed: ParsedSlide, path: str, span: Span) -> ParsedSlide:
    """Return the same slide at the place `span` of the file `path`."""
    by = span.line - parsed.slide.span.line
    if not by:
        return parsed
    move = partial(_moved, path=path, by=by)
    slide = replace(
        parsed.slide,
        span=span,
        holes=tuple(replace(hole, span=move(hole.span)) for hole in parsed.slide.holes),
        labels=tuple(replace(one, span=move(one.span)) for one in parsed.slide.labels),
        references=tuple(replace(one, span=move(one.span)) for one in parsed.slide.references),
    )
    found = tuple(replace(one, span=move(one.span)) for one in parsed.diagnostics)
    return replace(parsed, slide=slide, diagnostics=found)


RECENT: Recent[Key, ParsedSlide] = Recent()


@dataclass(frozen=True, slots=True)
class SlideStore:
    """Where the slides of each file of a course are stored. setting: what they are parsed with."""

    store: Store
    setting: str

    def place(self, path: str) -> str:
        """Return the key of the file's entry."""
        return digest("slides", self.setting, path)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSlides:
    """The known slides of one file. shared: the state that they depend on but do not change."""

    path: str
    shared: Key
    pack: Pack[Key, ParsedSlide]

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
        return *self.shared, written, span, own, notes

    def recall(self, key: Key, span: Span, scope: FileRenderer, folder: Folder) -> ParsedSlide | None:
        """Return the slide at `span` if it is known and its reads are unchanged; registers its headings' ids."""
        drawn = self.pack.get(key)
        if drawn is None or not folder.unchanged(drawn.reads):
            return None
        taken: ChainMap[str, int] = ChainMap({}, scope.slugs)
        if any(unique(name, taken) != got for name, got in drawn.named):
            return None
        scope.slugs.update(taken.maps[0])
        scope.slides += 1
        return _at(drawn, self.path, span)

    def keep(self, key: Key, drawn: ParsedSlide) -> None:
        """Remember the slide, unless it refers outside the course, where changes may go unnoticed."""
        if any(found.code == "outside-course" for found in drawn.diagnostics):
            return
        self.pack.put(key, drawn)

    def save(self) -> None:
        """Store the slides of this parse, if others are stored."""
        self.pack.save()


def known(
    root: Path, path: str, publishing: PublishPolicy, scope: FileRenderer, store: SlideStore | None = None
) -> KnownSlides:
    """Return the known slides of the file `path` below `root`, for the shared state in `scope`."""
    how = (scope.slide_code, scope.pauses, scope.cites, scope.dialect)
    shared = repr((scope.references, scope.abbreviations.meanings, scope.footnotes, *how))
    key = (root, path, publishing, shared)
    digested = digest(shared)

    def name(slide: Key) -> str:
        """Return the key of a slide without what the place of the pack holds, as text."""
        return digest(digested, repr(slide[len(key) :]))

    codec = Codec(name=name, encode=encoded, decode=decoded)
    pack = (
        Pack(recent=RECENT, codec=codec, store=store.store, place=store.place(path))
        if store
        else Pack(recent=RECENT, codec=codec)
    )
    return KnownSlides(path=path, shared=key, pack=pack)


def changed(scope: FileRenderer) -> tuple[object, ...]:
    """Return the shared state that parsing a slide may change, besides the ids of headings."""
    return scope.listed, scope.borrowed, len(scope.chunks), scope.chunks.get("")


def _moved(span: Span, path: str, by: int) -> Span:
    if span.path != path:
        return span
    return Span(path, span.line + by, span.column, span.end + by if span.end else 0)
