"""The sections of a deck as its last build drew them, each with what others ask of it.

What a section is drawn from is its key, so that of an edited deck one slide is drawn: the others' sections, classes,
characters and passages are those of the build before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from kejian.core.disk.pack import Codec, Pack, Recent
from kejian.core.disk.store import Store, digest
from kejian.core.model import Page
from kejian.render import missing_glyphs, search_text, utility_css
from kejian.render.search_text import SearchPassage
from kejian.render.sections import SectionSource, joined


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSlide:
    """A slide's section. classes: names of all classes in it. characters, aligned: as in `missing_glyphs`.

    passage: its text for the search, `None` if the slide is hidden.
    """

    html: str
    classes: frozenset[str]
    characters: str
    aligned: str
    passage: SearchPassage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPage:
    """A page: `shell` is its HTML with `mark` where the slides are; `columns` are those."""

    path: str
    shell: str
    mark: str = ""
    columns: Sequence[Sequence[DrawnSlide]] = ()

    @property
    def slides(self) -> tuple[DrawnSlide, ...]:
        """Return the slides, in order."""
        return tuple(slide for column in self.columns for slide in column)

    def page(self) -> Page:
        """Return the page as it is published."""
        slides = joined([[slide.html for slide in column] for column in self.columns])
        return Page(self.path, (self.shell.replace(self.mark, slides) if self.mark else self.shell).encode())

    def characters(self) -> str:
        """Return the characters that it shows, sorted."""
        around = missing_glyphs.shown(self.shell.replace(self.mark, ""))
        return "".join(sorted(set(around).union(*(slide.characters for slide in self.slides))))

    def aligned(self) -> str:
        """Return the wide characters in its listings and outputs, sorted."""
        around = missing_glyphs.aligned(self.shell)
        return "".join(sorted(set(around).union(*(slide.aligned for slide in self.slides))))

    def passages(self) -> tuple[SearchPassage, ...]:
        """Return what is found on its slides, or on the plain page."""
        own = tuple(slide.passage for slide in self.slides if slide.passage)
        return own if self.columns else search_text.passages(self.shell)


Draw = Callable[[SectionSource], str]
"""Draws the whole section of a slide."""

RECENT: Recent[str, DrawnSlide] = Recent()
_DECODER = msgspec.msgpack.Decoder(DrawnSlide)
_CODEC: Codec[str, DrawnSlide] = Codec(name=str, encode=msgspec.msgpack.encode, decode=_DECODER.decode)


@dataclass(frozen=True, slots=True)
class DrawnSlides:
    """The drawn slides of a course. setting: what they are drawn with. store: `None` keeps them in memory alone."""

    setting: str = ""
    store: Store | None = None

    def drawn(
        self, path: str, how: str, columns: Sequence[Sequence[SectionSource]], draw: Draw
    ) -> tuple[tuple[DrawnSlide, ...], ...]:
        """Return the slides of the deck at `path`, drawn where no known one is drawn from the same.

        how: everything else of the deck that `draw` depends on.
        """
        setting = digest(self.setting, how)
        pack = Pack(recent=RECENT, codec=_CODEC, store=self.store, place=place(self.setting, path))

        def slide(source: SectionSource) -> DrawnSlide:
            key = digest(setting, *source.written)
            known = pack.get(key)
            if known is None:
                pack.put(key, known := _derived(draw(source)))
            return known

        found = tuple(tuple(map(slide, column)) for column in columns)
        pack.save()
        return found


def place(setting: str, path: str) -> str:
    """Return the key of the entry that holds the slides of the deck at `path`."""
    return digest("drawn", setting, path)


def _derived(html: str) -> DrawnSlide:
    return DrawnSlide(
        html=html,
        classes=utility_css.used(html),
        characters=missing_glyphs.shown(html),
        aligned=missing_glyphs.aligned(html),
        passage=search_text.passage(html),
    )
