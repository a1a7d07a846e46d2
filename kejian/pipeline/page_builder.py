"""Turns a parsed file into its pages: fills holes, inserts examples, renders page and notebook, caches the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kejian.core.diagnostics import Diagnostic, failed, ordered
from kejian.core.model import Deck, Diagram, Example, Hole, Page
from kejian.examples.filler import ExampleFiller
from kejian.makers import typeset
from kejian.pipeline.context import BuildContext
from kejian.pipeline.fill import HoleFiller
from kejian.pipeline.page_cache import CachedPage, PageCache, kept
from kejian.pipeline.report import Shown
from kejian.render import missing_glyphs, notebook
from kejian.render import pages as render


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed file, and everything that was read for it."""

    deck: Deck
    reads: Mapping[str, str]

    @property
    def links(self) -> tuple[str, ...]:
        """Return the Markdown files that it links to."""
        return self.deck.links

    @property
    def holes(self) -> tuple[Hole, ...]:
        """Return the holes of all slides."""
        return self.deck.holes


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBuilder:
    """Renders parsed files, from filled holes and examples with outputs.

    shown: called with each page without errors as soon as it is rendered, before any background work.
    """

    setting: BuildContext
    filling: HoleFiller
    verified: ExampleFiller
    memo: PageCache
    shown: Shown

    def prepare(self, files: Sequence[Parsed]) -> None:
        """Make missing artifacts and run stale examples for all files: first all of one, then all of the other."""
        self.filling.prepare(hole for file in files for hole in file.holes if not isinstance(hole, Example))
        self.verified.prepare(hole for file in files for hole in file.holes)
        self.filling.prepare(hole for file in files for hole in self.verified.holes(file.holes))

    def built(self, file: Parsed) -> CachedPage:
        """Render and cache the file's page; a page on which a hole failed is not cached, so the next build retries.

        What is unavailable on this machine is retried once a day.
        """
        deck = file.deck
        within = self.verified.holes(file.holes)
        filled = {
            **self.filling.filled(hole for hole in file.holes if not isinstance(hole, Example)),
            **self.filling.filled(within),
            **self.verified.filled(file.holes),
        }
        failures = [found for found in filled.values() if isinstance(found, Diagnostic)]
        runs = self.verified.runs(deck.examples)
        page = render.document(deck, filled, self.setting.site, notebook.path(deck, runs))
        if not failed([*deck.diagnostics, *failures]):
            self.shown(page)
        beside = self._beside(deck, runs)
        html = page.data.decode()
        characters = missing_glyphs.shown(html)
        boxes = missing_glyphs.undrawn(deck.path, characters, self.setting.tools, self.setting.around.folder)
        pages = [page, beside] if beside else [page]
        built = _remembered(
            file, pages, (characters, missing_glyphs.aligned(html)), self.verified, within, [*failures, *boxes]
        )
        for one, known in zip(pages, built.kept, strict=True):
            self.memo.keep(known, one.data)
        missing = [*failures, *self.verified.findings(file.holes)]
        if all(found.code == "example-unavailable" for found in missing):
            self.memo.remember(replace(built, valid_on=self.memo.today if missing else ""))
        return built

    def _beside(self, deck: Deck, runs: notebook.Runs) -> Page | None:
        around = self.setting.around
        names = {*around.macros.at_start, *around.macros.anywhere}
        return notebook.page(deck, runs, around.folder.watched(), names, around.course.language, around.edition.lines)


def _remembered(
    file: Parsed,
    pages: Sequence[Page],
    characters: tuple[str, str],
    verified: ExampleFiller,
    within: Sequence[Hole],
    found: Sequence[Diagnostic],
) -> CachedPage:
    """Return the cache entry of a file; the first of its `pages` is its own. within: holes inside outputs.

    characters: those of the page, and the wide ones in its listings.
    """
    deck = file.deck
    own, *beside = map(kept, pages)
    entry = render.entry(deck)
    links = [found for hole in file.holes if isinstance(hole, Diagram) for found in typeset.warnings(hole)]
    examples = verified.findings(file.holes)
    return CachedPage(
        source=deck.path,
        page=own.path,
        digest=own.digest,
        size=own.size,
        title=deck.title,
        headings=entry.headings,
        slides=len(deck.slides),
        holes=len({*file.holes, *within}),
        notes=render.has_notes(deck),
        characters=characters[0],
        aligned=characters[1],
        assets=(*deck.assets, *verified.assets(file.holes)),
        links=deck.links,
        diagnostics=tuple(ordered([*deck.diagnostics, *found, *links, *examples])),
        reads={**file.reads, **verified.reads(file.holes)},
        beside=tuple(beside),
    )
