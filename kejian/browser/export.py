"""Files of a course's decks to hand out: PowerPoint, pictures of slides, speaker notes, notebooks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kejian.browser.audit import TempSite, stage
from kejian.browser.chromium import UnseenError, launched
from kejian.browser.deck_page import opened
from kejian.browser.pdf import PrintedDeck, print_deck
from kejian.browser.pdf_slides import links, pictures
from kejian.browser.powerpoint import powerpoint
from kejian.browser.slide_texts import SlideText, as_markdown, slide_texts
from kejian.core.diagnostics import Diagnostic, Span, error, failed, ordered
from kejian.core.disk.scratch import temporary
from kejian.core.model import Deck
from kejian.core.progress import Progress
from kejian.parse.html.lookup import page_path

_SCALE = 96 / 72 * 2
"""Pixels a point: twice those of the slide."""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """The files by path in the output folder, empty after an error."""

    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Return whether any diagnostic is an error."""
        return failed(self.diagnostics)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """A built deck. stem: its path without the ending. printed: prints it, once."""

    deck: Deck
    site: Path
    printed: Callable[[], PrintedDeck]

    @property
    def stem(self) -> str:
        return page_path(self.deck.path).removesuffix(".html")

    @property
    def texts(self) -> Sequence[SlideText]:
        return slide_texts((self.site / page_path(self.deck.path)).read_text("utf-8"))


def exported(
    course: Path,
    progress: Progress,
    kinds: Collection[str],
    *,
    trusted: bool = True,
    edition: str = "",
) -> ExportResult:
    """Make files of these `KINDS` of each deck, from recorded outputs; no example runs and nothing is written.

    Raises `NoBrowserError`, `NoPowerPointError`.
    """
    with temporary() as aside:
        staged = stage(course, aside / "site", progress, trusted=trusted, edition=edition)
        if not isinstance(staged, TempSite):
            return ExportResult(tuple(staged))
        files: dict[str, bytes] = {}
        wrong: list[Diagnostic] = []
        for deck in staged.decks:
            source = _Source(deck=deck, site=staged.site, printed=_printing(course, staged.site, deck, progress))
            try:
                for kind in sorted(kinds):
                    files |= KINDS[kind](source)
            except UnseenError as e:
                hint = "`kejian check --browser` says which slide it is: split it, or take out what is slow or fails"
                wrong.append(error("not-printed", Span(deck.path), f"{e}: the deck is not exported", hint))
    return ExportResult(tuple(ordered([*staged.diagnostics, *wrong])), {} if wrong else files)


def _printing(course: Path, site: Path, deck: Deck, progress: Progress) -> Callable[[], PrintedDeck]:
    known: list[PrintedDeck] = []

    def printed() -> PrintedDeck:
        if not known:
            progress(f"drawing {deck.path}: {len(deck.slides)} slides")
            with launched(course) as browser, opened(browser, site) as room:
                known.append(print_deck(room, deck))
        return known[0]

    return printed


def _pictures(source: _Source) -> dict[str, bytes]:
    made = pictures(source.printed().data, _SCALE)
    return {f"{source.stem}/{number:03d}.png": picture for number, picture in enumerate(made, 1)}


def _powerpoint(source: _Source) -> dict[str, bytes]:
    printed = source.printed()
    texts = {one.place: one for one in source.texts}
    shown = [texts.get(place, SlideText(place, "", "")) for place in printed.order]
    size = printed.sheets[0].width, printed.sheets[0].height
    made = list(pictures(printed.data, _SCALE))
    return {f"{source.stem}.pptx": powerpoint(size, made, shown, links(printed.data))}


def _notes(source: _Source) -> dict[str, bytes]:
    return {f"{source.stem}-notes.md": as_markdown(source.deck.title, source.texts).encode()}


def _notebook(source: _Source) -> dict[str, bytes]:
    path = f"{source.stem}.ipynb"
    file = source.site / path
    return {path: file.read_bytes()} if file.is_file() else {}


KINDS: Mapping[str, Callable[[_Source], dict[str, bytes]]] = {
    "pptx": _powerpoint,
    "png": _pictures,
    "notes": _notes,
    "notebook": _notebook,
}
"""What makes each kind of file of a deck; only the first two need a browser."""
