"""Turns a parsed file into its pages: fills holes, renders page and notebook, caches the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kejian.core.diagnostics import Diagnostic, failed, ordered
from kejian.core.model import Deck, Diagram, Filled, Hole, Page
from kejian.makers import typeset
from kejian.parse.labels.elsewhere import Answers, LabelNames
from kejian.parse.lines.variables import variables
from kejian.pipeline import search_index
from kejian.pipeline.context import BuildContext
from kejian.pipeline.fill import Fill
from kejian.pipeline.page_cache import CachedPage, PageCache, kept
from kejian.pipeline.report import Shown
from kejian.render import course_index, missing_glyphs
from kejian.render import pages as render
from kejian.render.drawn_slides import DrawnSlides


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed file, everything that was read for it, and what other decks had of the labels that it asked for."""

    deck: Deck
    reads: Mapping[str, str]
    answers: Answers = field(default_factory=dict)

    @property
    def names(self) -> LabelNames:
        """Return what it labels, and what it asks other decks for."""
        return LabelNames.of(self.deck)

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
    """Renders parsed files from filled holes.

    slides: those that were drawn before. preview: what only a whole site needs is left for the next full build.
    shown: called with each page without errors as soon as it is rendered, before any background work.
    """

    setting: BuildContext
    fill: Fill
    memo: PageCache
    shown: Shown
    slides: DrawnSlides
    preview: bool = False

    def prepare(self, files: Sequence[Parsed]) -> None:
        """Fill the holes of all files."""
        self.fill.prepare(hole for file in files for hole in file.holes)

    def built(self, file: Parsed) -> CachedPage:
        """Render and cache the file's page; a page on which a hole failed is not cached, so the next build retries.

        What is unavailable on this machine is retried once a day.
        """
        deck = file.deck
        filled = self.fill.filled(file.holes)
        failures = [artifact.problem for artifact in filled.values() if artifact.problem]
        rendered = render.document(deck, filled, self.setting.site, _notebook_path(deck, filled), self.slides)
        page = rendered.page()
        if not failed([*deck.diagnostics, *failures]):
            self.shown(page)
        beside = self._beside(deck, filled) if deck.examples else None
        characters = rendered.characters()
        around = self.setting.around
        boxes = missing_glyphs.undrawn(deck.path, characters, self.setting.tools, around.folder, around.course.language)
        pages = [page, beside] if beside else [page]
        built = _entry(file, pages, (characters, rendered.aligned()), filled, [*failures, *boxes])
        for one, known in zip(pages, built.kept, strict=True):
            self.memo.keep(known, one.data)
        if not self.preview:
            search_index.keep(rendered.passages(), built, self.memo)
        missing = [*failures, *(found for artifact in filled.values() for found in artifact.findings)]
        if all(found.code == "example-unavailable" for found in missing):
            self.memo.remember(replace(built, valid_on=self.memo.today if missing else ""))
        return built

    def _beside(self, deck: Deck, filled: Filled) -> Page | None:
        from kejian.examples.artifacts import runs
        from kejian.render import notebook

        around = self.setting.around
        names = {*around.macros.at_start, *around.macros.anywhere}
        folder, language = around.folder.watched(), around.course.language
        values = variables(deck.front, around.course.variables)
        return notebook.page(
            deck, runs(filled), folder, names, language, lambda lines: values.lines(around.edition.lines(lines))
        )


def _notebook_path(deck: Deck, filled: Filled) -> str:
    """Return the path of the deck's notebook. Without examples there is none, and nothing of theirs is imported."""
    if not deck.examples:
        return ""
    from kejian.examples.artifacts import runs
    from kejian.render import notebook

    return notebook.path(deck, runs(filled))


def _entry(
    file: Parsed, pages: Sequence[Page], characters: tuple[str, str], filled: Filled, found: Sequence[Diagnostic]
) -> CachedPage:
    """Return the cache entry of a file; the first of its `pages` is its own.

    characters: those of the page, and the wide ones in its listings.
    """
    deck = file.deck
    own, *beside = map(kept, pages)
    entry = course_index.entry(deck)
    links = [found for hole in file.holes if isinstance(hole, Diagram) for found in typeset.warnings(hole)]
    findings = [found for artifact in filled.values() for found in artifact.findings]
    return CachedPage(
        source=deck.path,
        page=own.path,
        digest=own.digest,
        size=own.size,
        title=deck.title,
        headings=entry.headings,
        date=entry.date,
        slides=len(deck.slides),
        holes=len(filled),
        notes=render.has_notes(deck),
        characters=characters[0],
        aligned=characters[1],
        assets=(*deck.assets, *(asset for artifact in filled.values() for asset in artifact.assets)),
        links=deck.links,
        diagnostics=tuple(ordered([*deck.diagnostics, *found, *links, *findings])),
        reads=_reads(file, filled),
        beside=tuple(beside),
        names=file.names,
        answers=file.answers,
    )


def _reads(file: Parsed, filled: Filled) -> Mapping[str, str]:
    distinct = {id(artifact.reads): artifact.reads for artifact in filled.values()}.values()
    return {path: state for reads in (file.reads, *distinct) for path, state in reads.items()}
