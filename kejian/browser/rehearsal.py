"""A course as the room will see it: built aside, every slide opened in a real browser, findings with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kejian import templates
from kejian.abandoned import temporary
from kejian.browser.chromium import Opened, launched, opened
from kejian.browser.findings import Finding, Judged, Place, judge, places
from kejian.diagnostics import Diagnostic, failed, ordered, strict
from kejian.model import Deck
from kejian.pipeline import build
from kejian.reading.targets import page_path
from kejian.report import Options
from kejian.survey import survey
from kejian.toolchain import Progress, locate

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_SCRIPTS = ("browser/measure.js", "browser/checks.js", "browser/page.js")
PRINTED = {"view": "print", "pdfSeparateFragments": "false"}


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What was found on the slides that were opened, and how many findings their authors accept."""

    diagnostics: tuple[Diagnostic, ...]
    slides: int = 0
    accepted: int = 0

    @property
    def failed(self) -> bool:
        """Whether anything found is an error."""
        return failed(self.diagnostics)

    def summary(self) -> str:
        """One line of figures."""
        return f"{self.slides} slides opened; {len(self.diagnostics)} findings, {self.accepted} accepted"


@dataclass(frozen=True, slots=True)
class Stage:
    """A course built aside: its decks that have slides, its site in the folder `site`, and what the build said."""

    decks: tuple[Deck, ...]
    site: Path
    diagnostics: tuple[Diagnostic, ...]


def rehearse(course: Path, progress: Progress, *, strictly: bool = False, screenshots: Path | None = None) -> Rehearsed:
    """Open every slide of the course's decks; no example runs, and nothing but `screenshots` is written.

    screenshots: a folder for a picture of each slide with findings, `slides-cnn-3.1.png`.
    Raises `NoBrowserError`.
    """
    with temporary() as aside:
        staged = stage(course, aside / "site", progress)
        if not isinstance(staged, Stage):
            return Rehearsed(tuple(staged))
        with launched() as chromium:
            judged = [_deck(chromium, staged.site, deck, progress, screenshots) for deck in staged.decks]
    standing = [one for one in staged.diagnostics if one.code != "not-verified"]  # what `check` is for
    found = ordered([*standing, *(one for deck in judged for one in deck.diagnostics)])
    slides = sum(len(deck.slides) for deck in staged.decks)
    return Rehearsed(tuple(strict(found) if strictly else found), slides, sum(deck.accepted for deck in judged))


def stage(course: Path, out: Path, progress: Progress) -> Stage | list[Diagnostic]:
    """The course built into the new folder `out` from what is recorded, or the errors that keep it from being built."""
    found = survey(course)
    if found.wrong and failed(found.wrong):
        return list(found.wrong)
    report = build(Options(course, out, execute=False, progress=progress))
    if report.failed:
        return list(report.diagnostics)
    return Stage(tuple(deck for deck in found.decks if deck.slides), out.resolve(), report.diagnostics)


def _deck(chromium: Browser, site: Path, deck: Deck, progress: Progress, screenshots: Path | None) -> Judged:
    progress(f"opening {deck.path}: {len(deck.slides)} slides")
    with opened(chromium, site) as room:
        found = list(_slides(room, deck, screenshots))
        found += _complaints(room, found)
        found += _printed(room, deck)
    return judge(deck, found)


def _slides(room: Opened, deck: Deck, screenshots: Path | None) -> Iterator[Finding]:
    """The findings on each slide; a slide that reveal.js leaves out is not opened."""
    room.go(page_path(deck.path))
    jinja = templates.environment()
    room.page.evaluate((locate().module("axe-core") / "axe.min.js").read_text("utf-8"))
    for script in _SCRIPTS:
        room.page.evaluate(templates.text(jinja, script))
    for h, v in room.run("kejianPage.slides"):
        room.at = (h, v)
        found = [_finding(one, room.at) for one in room.run("kejianChecks.look", h, v)]
        if found and screenshots:
            _picture(room, found, screenshots / f"{_stem(deck)}-{h}.{v}.png")
        yield from found


def _finding(told: dict[str, object], place: Place) -> Finding:
    boxes = told["boxes"]
    assert isinstance(boxes, list)
    return Finding(str(told["code"]), str(told["message"]), place, tuple(tuple(box) for box in boxes))


def _stem(deck: Deck) -> str:
    return page_path(deck.path).removesuffix(".html").replace("/", "-")


def _picture(room: Opened, found: Sequence[Finding], file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    room.run("kejianPage.mark", [[one.code, box] for one in found for box in one.boxes])
    room.page.screenshot(path=file)
    room.run("kejianPage.unmark")


def _complaints(room: Opened, known: Sequence[Finding]) -> Iterator[Finding]:
    """What the page complained of, each at the slide that asks for the file, or else the one that was open."""
    broken = {one.place for one in known if one.code == "broken-picture"}
    for one in dict.fromkeys(room.complaints):
        asks = room.run("kejianPage.owner", one.url) if one.url else None
        place = (asks[0], asks[1]) if asks else one.slide
        if not (one.code == "failed-request" and place in broken):
            yield Finding(one.code, one.message, place)


def _printed(room: Opened, deck: Deck) -> Iterator[Finding]:
    """A finding for each slide that takes more than one page of paper."""
    room.go(page_path(deck.path), PRINTED)
    room.page.wait_for_selector(".pdf-page")
    heights = room.run(
        """() => [...document.querySelectorAll(".pdf-page")].map((page) => {
          const { h, v } = page.querySelector("section.slide").dataset;
          return [Number(h), Number(v), Math.round(page.offsetHeight / (Reveal.getComputedSlideSize().height || 1))];
        })"""
    )
    for h, v, pages in heights:
        if pages > 1 and (h, v) in places(deck):
            yield Finding("print-pages", f"the slide takes {pages} pages when it is printed", (h, v))
