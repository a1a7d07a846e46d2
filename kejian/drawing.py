"""A parsed file to what it becomes: holes filled, examples shown, its page and its notebook, what is remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kejian.diagnostics import Diagnostic, failed, ordered
from kejian.fill import Filling
from kejian.makers import typeset
from kejian.memo import Built, Memo, kept
from kejian.model import Deck, Diagram, Example, Hole, Page
from kejian.page import glyphs, notebook, render
from kejian.report import Shown
from kejian.running.verified import Verified
from kejian.setting import Setting


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file that has been parsed, and what was read for it."""

    deck: Deck
    reads: Mapping[str, str]

    @property
    def links(self) -> tuple[str, ...]:
        """The Markdown files that it links to."""
        return self.deck.links

    @property
    def holes(self) -> tuple[Hole, ...]:
        """The holes of all its slides."""
        return self.deck.holes


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws the files that have been parsed, from filled holes and verified examples.

    shown: sees a page with no error on it as soon as it is drawn, before all that nobody waits for.
    """

    setting: Setting
    filling: Filling
    verified: Verified
    memo: Memo
    shown: Shown

    def prepare(self, files: Sequence[Parsed]) -> None:
        """Make what the store lacks, run what the record lacks: first all of one, then all of the other."""
        self.filling.prepare(hole for file in files for hole in file.holes if not isinstance(hole, Example))
        self.verified.prepare(hole for file in files for hole in file.holes)

    def built(self, file: Parsed) -> Built:
        """The file's page, drawn and remembered; a page on which a hole failed is drawn anew by the next build.

        What is missing on this machine is asked for once a day.
        """
        deck = file.deck
        filled = {
            **self.filling.filled(hole for hole in file.holes if not isinstance(hole, Example)),
            **self.verified.filled(file.holes),
        }
        failures = [found for found in filled.values() if isinstance(found, Diagnostic)]
        runs = self.verified.runs(deck.examples)
        page = render.document(deck, filled, self.setting.site, notebook.path(deck, runs))
        if not failed([*deck.diagnostics, *failures]):
            self.shown(page)
        beside = self._beside(deck, runs)
        characters = glyphs.shown(page.data.decode())
        boxes = glyphs.undrawn(deck.path, characters, self.setting.tools, self.setting.around.folder)
        pages = [page, beside] if beside else [page]
        built = _remembered(file, pages, characters, self.verified, [*failures, *boxes])
        for one, known in zip(pages, built.kept, strict=True):
            self.memo.keep(known, one.data)
        missing = [*failures, *self.verified.findings(file.holes)]
        if all(found.code == "example-unavailable" for found in missing):
            self.memo.remember(replace(built, day=self.memo.today if missing else ""))
        return built

    def _beside(self, deck: Deck, runs: notebook.Runs) -> Page | None:
        around = self.setting.around
        names = {*around.macros.at_start, *around.macros.anywhere}
        return notebook.page(deck, runs, around.folder.watched(), names, around.course.language)


def _remembered(
    file: Parsed, pages: Sequence[Page], characters: str, verified: Verified, found: Sequence[Diagnostic]
) -> Built:
    """What is remembered of a file; the first of the `pages` that it became is its own."""
    deck = file.deck
    own, *beside = map(kept, pages)
    entry = render.entry(deck)
    links = [found for hole in file.holes if isinstance(hole, Diagram) for found in typeset.warnings(hole)]
    examples = verified.findings(file.holes)
    return Built(
        deck.path,
        own.path,
        own.digest,
        own.size,
        deck.title,
        entry.headings,
        len(deck.slides),
        len(set(file.holes)),
        render.has_notes(deck),
        characters,
        (*deck.assets, *verified.assets(file.holes)),
        deck.links,
        tuple(ordered([*deck.diagnostics, *found, *links, *examples])),
        {**file.reads, **verified.reads(file.holes)},
        tuple(beside),
    )
