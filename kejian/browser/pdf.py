"""Prints the decks of a course as PDF: one slide per page, as a handout, or each slide with its notes below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kejian.browser import chromium, print_view
from kejian.browser.audit import TempSite, stage
from kejian.browser.chromium import UnseenError, launched, within
from kejian.browser.deck_page import DeckPage, opened
from kejian.browser.findings import SlideIndex, places
from kejian.browser.pdf_pages import Sheet, sheets, signed, undated
from kejian.checks.suppressions import accepted
from kejian.core import templates
from kejian.core.diagnostics import Diagnostic, Span, error, failed, ordered
from kejian.core.disk.cache_folder import cache_folder
from kejian.core.disk.output_folder import output_folder
from kejian.core.disk.scratch import sweep_files, temporary
from kejian.core.model import Deck
from kejian.core.progress import Progress
from kejian.parse.html.lookup import page_path

PAPERS = {
    "a4": {"name": "A4", "width": 680, "height": 1009},
    "letter": {"name": "letter", "width": 702, "height": 942},
}
"""What handouts are printed on: its name in CSS, and the pixels between its margins."""

Kind = Literal["slides", "handout", "notes", "steps"]
"""What is on a page: a slide, several with lines to write on or one with its notes, one with its notes, or a step."""

_ENDINGS = {"handout": "-handout.pdf", "notes": "-notes.pdf"}


@dataclass(frozen=True, slots=True)
class PdfResult:
    """The printed files by path in the output folder, empty after an error."""

    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[str, bytes]
    pages: int = 0

    @property
    def failed(self) -> bool:
        """Return whether any diagnostic is an error."""
        return failed(self.diagnostics)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A printed deck: its PDF, the PDF's pages, and the slides in printed order."""

    deck: Deck
    data: bytes
    sheets: Sequence[Sheet]
    order: Sequence[SlideIndex]


def printing(
    course: Path,
    progress: Progress,
    *,
    kind: Kind = "slides",
    paper: str = "a4",
    trusted: bool = True,
    edition: str = "",
) -> PdfResult:
    """Print the course's decks from recorded outputs; no example runs and nothing is written.

    paper: that of a handout and of notes, one of `PAPERS`; otherwise a page is as large as its slide.
    trusted: the course may start programs of this machine.

    Raises `NoBrowserError`.
    """
    with temporary() as aside:
        staged = stage(course, aside / "site", progress, trusted=trusted, edition=edition)
        if not isinstance(staged, TempSite):
            return PdfResult(tuple(staged), {})
        printed, wrong = [], []
        for deck in staged.decks:
            progress(f"printing {deck.path}: {len(deck.slides)} slides")
            try:
                with launched(course) as browser, opened(browser, staged.site) as room:
                    printed.append(_print(room, deck, kind, paper))
            except UnseenError as e:
                hint = "`kejian check --browser` says which slide it is: split it, or take out what is slow or fails"
                wrong.append(error("not-printed", Span(deck.path), f"{e}: the deck is not printed", hint))
    wrong += [found for one in printed for found in _wrong(one, kind)]
    files = {} if wrong else {_name(one.deck, kind): one.data for one in printed}
    return PdfResult(tuple(ordered([*staged.diagnostics, *wrong])), files, sum(len(one.sheets) for one in printed))


def write(printed: PdfResult, out: Path, course: Path) -> list[Path]:
    """Write the files into the folder `out`, each atomically; return their paths. Raises `OSError`.

    Temporary files are in the cache of `course`, so that a killed command leaves nothing behind.
    """
    folder, name = output_folder(out, course)
    for path, data in printed.files.items():
        folder.replace(f"{name}/{path}", data, cache_folder(course, make=True) / "aside")
        sweep_files((out / path).parent)  # if `out` is on another disk
    return [out / path for path in printed.files]


def _name(deck: Deck, kind: Kind) -> str:
    return page_path(deck.path).removesuffix(".html") + _ENDINGS.get(kind, ".pdf")


def _print(room: DeckPage, deck: Deck, kind: Kind, paper: str) -> _Printed:
    order = print_view.show(room, deck, steps=kind == "steps")
    if kind in _ENDINGS:
        rules = templates.text(templates.environment(), "browser/handout.css")
        room.run("kejian.paper.handout", rules, PAPERS[paper], kind == "notes")
    with within(room.process, chromium.LONGEST):
        data = undated(room.page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True))
    data = signed(data, print_view.author(room))
    return _Printed(deck, data, sheets(data), order)


def _wrong(printed: _Printed, kind: Kind) -> Iterator[Diagnostic]:
    deck, pages, slides = printed.deck, len(printed.sheets), len(printed.order)
    if pages != slides and kind not in _ENDINGS:  # of which a sheet holds several, or notes take several sheets
        message = f"{slides} slides became {pages} pages"
        yield error("page-count", Span(deck.path), message, "look for a style that changes the size of a page")
    by_place = places(deck)
    for number, sheet in enumerate(printed.sheets):
        slide = by_place.get(printed.order[number]) if pages == slides else None
        if sheet.blank and not (slide and accepted(slide).get("blank-page")):
            message = f"page {number + 1} of {pages} would be blank"
            hint = 'write something on the slide, or accept it: data-accept="blank-page: a pause"'
            yield error("blank-page", slide.span if slide else Span(deck.path), message, hint)
