"""The decks of a course as PDF: a slide a page, or as a handout, a slide and its notes on a sheet of A4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kejian import templates
from kejian.abandoned import sweep_files, temporary
from kejian.acceptance import accepted
from kejian.browser.chromium import Opened, launched, opened
from kejian.browser.findings import Place, places
from kejian.browser.paper import Sheet, sheets, undated
from kejian.browser.rehearsal import PRINTED, Stage, stage
from kejian.diagnostics import Diagnostic, Span, error, failed, ordered
from kejian.model import Deck
from kejian.reading.targets import page_path
from kejian.store import write_aside
from kejian.toolchain import Progress

_ONE_PAGE = {**PRINTED, "pdfMaxPagesPerSlide": "1"}


@dataclass(frozen=True, slots=True)
class Printing:
    """What was printed: the bytes by the path of each file in the output folder. After an error there are none."""

    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[str, bytes]
    pages: int = 0

    @property
    def failed(self) -> bool:
        """Whether anything found is an error."""
        return failed(self.diagnostics)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A deck on paper: its PDF, the pages of that, and the slides in the order they were printed."""

    deck: Deck
    data: bytes
    sheets: Sequence[Sheet]
    order: Sequence[Place]


def printing(course: Path, progress: Progress, *, handout: bool = False) -> Printing:
    """Print the course's decks from what is recorded; no example runs and nothing is written.

    Raises `NoBrowserError`.
    """
    with temporary() as aside:
        staged = stage(course, aside / "site", progress)
        if not isinstance(staged, Stage):
            return Printing(tuple(staged), {})
        with launched() as chromium:
            printed = []
            for deck in staged.decks:
                progress(f"printing {deck.path}: {len(deck.slides)} slides")
                with opened(chromium, staged.site) as room:
                    printed.append(_print(room, deck, handout=handout))
    wrong = [found for one in printed for found in _wrong(one, handout=handout)]
    files = {} if wrong else {_name(one.deck, handout=handout): one.data for one in printed}
    return Printing(tuple(ordered([*staged.diagnostics, *wrong])), files, sum(len(one.sheets) for one in printed))


def write(printed: Printing, out: Path, aside: Path) -> list[Path]:
    """Write the files into the folder `out`, each whole or not at all; returns where they are. Raises `OSError`.

    aside: where they are written before they are moved in, so that a killed command leaves nothing in `out`.
    """
    written = [out / path for path in printed.files]
    for file, data in zip(written, printed.files.values(), strict=True):
        write_aside(file, data, aside)
        sweep_files(file.parent)  # where `out` is on another disk
    return written


def _name(deck: Deck, *, handout: bool) -> str:
    return page_path(deck.path).removesuffix(".html") + ("-handout.pdf" if handout else ".pdf")


def _print(room: Opened, deck: Deck, *, handout: bool) -> _Printed:
    room.go(page_path(deck.path), _ONE_PAGE)
    room.page.wait_for_selector(".pdf-page")
    jinja = templates.environment()
    room.page.evaluate(templates.text(jinja, "browser/paper.js"))
    order = [(h, v) for h, v in room.run("kejianPaper.ready")]
    if handout:
        room.run("kejianPaper.handout", templates.text(jinja, "browser/handout.css"))
    data = undated(room.page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True))
    return _Printed(deck, data, sheets(data), order)


def _wrong(printed: _Printed, *, handout: bool) -> Iterator[Diagnostic]:
    deck, pages, slides = printed.deck, len(printed.sheets), len(printed.order)
    if pages != slides and not (handout and pages > slides):
        message = f"{slides} slides became {pages} pages"
        yield error("page-count", Span(deck.path), message, "look for a style that changes the size of a page")
    by_place = places(deck)
    for number, sheet in enumerate(printed.sheets):
        slide = by_place.get(printed.order[number]) if pages == slides else None
        if sheet.blank and not (slide and accepted(slide).get("blank-page")):
            message = f"page {number + 1} of {pages} would be blank"
            hint = 'write something on the slide, or accept it: data-accept="blank-page: a pause"'
            yield error("blank-page", slide.span if slide else Span(deck.path), message, hint)
