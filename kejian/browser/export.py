"""Exports the decks of a course: presentations for PowerPoint, pictures of slides, speaker notes, notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from kejian.browser import cover, slide_pictures
from kejian.browser.audit import TempSite, stage
from kejian.browser.chromium import UnseenError, launched
from kejian.browser.deck_page import opened
from kejian.browser.findings import SlideIndex
from kejian.browser.slide_pictures import SHARPNESS, DeckPictures, SlideLink
from kejian.core.diagnostics import Diagnostic, Span, error, failed, ordered, warning
from kejian.core.disk.scratch import temporary
from kejian.core.model import Deck
from kejian.core.progress import Progress
from kejian.parse.html.lookup import page_path
from kejian.render import powerpoint, search_text, speaker_notes
from kejian.render.powerpoint import About, ClickArea, PictureSlide


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportChoice:
    """What is exported of each deck. steps: a slide or a picture for each step. notes: of all decks, as one file.
    picture: of the course's first slide.
    """

    pptx: bool = False
    png: bool = False
    notebook: bool = False
    notes: bool = False
    picture: bool = False
    steps: bool = False


@dataclass(frozen=True, slots=True)
class ExportResult:
    """The exported files by path in the output folder, notes and picture apart; all empty after an error."""

    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    notes: str = ""
    picture: bytes = b""

    @property
    def failed(self) -> bool:
        """Return whether any diagnostic is an error."""
        return failed(self.diagnostics)


def exporting(
    course: Path,
    choice: ExportChoice,
    progress: Progress,
    *,
    trusted: bool = True,
    edition: str = "",
) -> ExportResult:
    """Export the course's decks from recorded outputs; no example runs and nothing is written.

    trusted: the course may start programs of this machine.

    Raises `NoBrowserError`, `NoOfficeError`, `NoConverterError`.
    """
    with temporary() as aside:
        staged = stage(course, aside / "site", progress, trusted=trusted, edition=edition)
        if not isinstance(staged, TempSite):
            return ExportResult(tuple(staged))
        files: dict[str, bytes] = {}
        found: list[Diagnostic] = []
        picture = b""
        for one in staged.decks:
            try:
                files |= dict(_files(course, staged.site, one, choice, progress))
                if choice.picture and one is staged.decks[0]:
                    picture = cover.first_slide(course, staged.site, one)
            except UnseenError as e:
                hint = "`kejian check --browser` says which slide it is: split it, or take out what is slow or fails"
                found.append(error("not-printed", Span(one.path), f"{e}: the deck is not exported", hint))
        pages = {one.path: _page(staged.site, one) for one in staged.decks}
        notes = ((one, speaker_notes.notes(pages[one.path])) for one in staged.decks)
        written = speaker_notes.markdown(notes) if choice.notes else ""
    if choice.notebook and not any(path.endswith(".ipynb") for path in files):
        found.append(_no_notebook(staged.decks))
    said = tuple(ordered([*staged.diagnostics, *found]))
    return ExportResult(said) if failed(said) else ExportResult(said, files, written, picture)


def _files(
    course: Path, site: Path, deck: Deck, choice: ExportChoice, progress: Progress
) -> Iterator[tuple[str, bytes]]:
    stem = page_path(deck.path).removesuffix(".html")
    notebook = site / f"{stem}.ipynb"
    if choice.notebook and notebook.is_file():
        yield f"{stem}.ipynb", notebook.read_bytes()
    if not (choice.pptx or choice.png):
        return
    progress(f"drawing {deck.path}: {len(deck.slides)} slides")
    with launched(course) as browser, opened(browser, site, SHARPNESS) as room:
        pictures = slide_pictures.drawn(room, deck, steps=choice.steps)
    if choice.png:
        digits = max(2, len(str(len(pictures.slides))))
        yield from ((f"{stem}/{n:0{digits}}.png", one.picture) for n, one in enumerate(pictures.slides, 1))
    if choice.pptx:
        yield f"{stem}.pptx", _presentation(deck, pictures, _page(site, deck))


def _page(site: Path, deck: Deck) -> str:
    return (site / page_path(deck.path)).read_text("utf-8")


def _presentation(deck: Deck, pictures: DeckPictures, page: str) -> bytes:
    slides = _by_place(deck, page)
    firsts: dict[SlideIndex, int] = {}
    for number, one in enumerate(pictures.slides):
        firsts.setdefault(one.place, number)
    made = [
        PictureSlide(
            picture=one.picture,
            title=slides[one.place].title,
            words=slides[one.place].words,
            notes=slides[one.place].notes,
            links=tuple(_area(link, firsts) for link in one.links if link.place is None or link.place in firsts),
        )
        for one in pictures.slides
    ]
    return powerpoint.presentation(About(deck.title, pictures.author, _language(page)), pictures.size, made)


@dataclass(frozen=True, slots=True)
class _Said:
    """A slide in words: its title, what is on it, its notes."""

    title: str
    words: str
    notes: str


def _by_place(deck: Deck, page: str) -> Mapping[SlideIndex, _Said]:
    """Return the slides that are shown in words; one without a title is named by its deck and its number."""
    words = {one.anchor: one.text for one in search_text.passages(page)}
    return {
        one.place: _Said(
            one.title or f"{deck.title} · {number}", words.get(one.anchor, ""), speaker_notes.as_text(one.html)
        )
        for number, one in enumerate(speaker_notes.notes(page), 1)
    }


def _area(link: SlideLink, firsts: Mapping[SlideIndex, int]) -> ClickArea:
    return ClickArea(link.box, link.address, None if link.place is None else firsts[link.place])


def _language(page: str) -> str:
    root = LexborHTMLParser(page).root
    return (root.attributes.get("lang") or "") if root else ""


def _no_notebook(decks: Sequence[Deck]) -> Diagnostic:
    message = "no deck shows what an example printed, returned or drew: there is no notebook to write"
    hint = "import an example of the course with cmd=true, or leave out --notebook"
    return warning("no-notebook", Span(decks[0].path if decks else "."), message, hint)
