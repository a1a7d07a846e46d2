"""`check --browser`: builds a course aside, opens every slide in Chromium, and reports findings with file and line."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kejian.browser.chromium import UnseenError, launched
from kejian.browser.deck_page import DeckPage, opened
from kejian.browser.findings import BrowserFinding, SlideIndex, judge, places
from kejian.core import templates
from kejian.core.diagnostics import Diagnostic, failed, ordered, strict
from kejian.core.disk.output_folder import output_folder
from kejian.core.disk.scratch import temporary
from kejian.core.model import Deck
from kejian.core.progress import Progress
from kejian.core.toolchain import locate
from kejian.parse.html.lookup import page_path
from kejian.pipeline.analysis import survey
from kejian.pipeline.build import build
from kejian.pipeline.report import Options

_SCRIPTS = ("browser/measure.js", "browser/checks.js", "browser/grounds.js", "browser/page.js")
PRINTED = {"view": "print", "pdfSeparateFragments": "false"}


@dataclass(frozen=True, slots=True)
class AuditResult:
    """The findings on the slides that were opened, and how many others their authors suppress."""

    diagnostics: tuple[Diagnostic, ...]
    slides: int = 0
    accepted: int = 0

    @property
    def failed(self) -> bool:
        """Return whether any finding is an error."""
        return failed(self.diagnostics)

    def summary(self) -> str:
        """Format one line of figures."""
        return f"{self.slides} slides opened; {len(self.diagnostics)} findings, {self.accepted} accepted"


@dataclass(frozen=True, slots=True)
class TempSite:
    """A course built aside: its decks with slides, the site's folder, and the build's diagnostics."""

    decks: tuple[Deck, ...]
    site: Path
    diagnostics: tuple[Diagnostic, ...]


def rehearse(
    course: Path,
    progress: Progress,
    *,
    strictly: bool = False,
    screenshots: Path | None = None,
    trusted: bool = True,
) -> AuditResult:
    """Open every slide of the course's decks; no example runs, and only `screenshots` are written.

    screenshots: a folder for a picture of each slide with findings, `slides-cnn-3.1.png`.
    trusted: the course may start programs of this machine.

    Raises `NoBrowserError`.
    """
    with temporary() as aside:
        staged = stage(course, aside / "site", progress, trusted=trusted)
        if not isinstance(staged, TempSite):
            return AuditResult(tuple(staged))
        judged = []
        for deck in staged.decks:
            progress(f"opening {deck.path}: {len(deck.slides)} slides")
            judged.append(judge(deck, _looked_at(course, staged.site, deck, screenshots)))
    standing = [one for one in staged.diagnostics if one.code != "not-verified"]  # what `check` is for
    found = ordered([*standing, *(one for deck in judged for one in deck.diagnostics)])
    slides = sum(len(deck.slides) for deck in staged.decks)
    return AuditResult(tuple(strict(found) if strictly else found), slides, sum(deck.accepted for deck in judged))


def stage(
    course: Path, out: Path, progress: Progress, *, trusted: bool = True, edition: str = ""
) -> TempSite | list[Diagnostic]:
    """Build the course into the new folder `out` from recorded outputs; on failure return the errors."""
    found = survey(course, edition)
    if found.wrong and failed(found.wrong):
        return list(found.wrong)
    how = Options(course=course, out=out, execute=False, trusted=trusted, progress=progress, edition=edition)
    report = build(how)
    if report.failed:
        return list(report.diagnostics)
    return TempSite(tuple(deck for deck in found.decks if deck.slides), out.resolve(), report.diagnostics)


def _looked_at(course: Path, site: Path, deck: Deck, screenshots: Path | None) -> list[BrowserFinding]:
    """Return the findings on a deck, up to a slide that hangs the browser. Each deck gets a browser of its own."""
    found: list[BrowserFinding] = []
    at = (0, 0)
    try:
        with launched(course) as chromium, opened(chromium, site) as room:
            for at, there in _slides(room, deck, screenshots):  # noqa: B007 -- told by `not-seen`
                found += there
            found += _complaints(room, found)
            found += _printed(room, deck)
    except UnseenError as e:
        found.append(BrowserFinding("not-seen", f"{e}: what follows was not looked at", at))
    return found


def _slides(room: DeckPage, deck: Deck, screenshots: Path | None) -> Iterator[tuple[SlideIndex, list[BrowserFinding]]]:
    """Yield each slide as it is opened, and once more with its findings; slides that reveal.js omits are not opened."""
    room.go(page_path(deck.path))
    jinja = templates.environment()
    room.script((locate().module("axe-core") / "axe.min.js").read_text("utf-8"))
    for script in _SCRIPTS:
        room.script(templates.text(jinja, script))
    for h, v in room.run("kejian.page.slides"):
        room.at = (h, v)
        yield room.at, []
        found = [_finding(one, room.at) for one in (*room.run("kejian.checks.look", h, v), *_on_ground(room))]
        if found and screenshots:
            _picture(room, found, screenshots, f"{_stem(deck)}-{h}.{v}.png")
        yield room.at, found


def _on_ground(room: DeckPage) -> list[dict[str, object]]:
    """Check the contrast of text on a picture or a gradient, in a screenshot without the text."""
    if not room.run("kejian.grounds.needed"):
        return []
    room.run("kejian.grounds.hide")
    bare = b64encode(room.page.screenshot()).decode()
    room.run("kejian.grounds.show")
    found: list[dict[str, object]] = room.run("kejian.grounds.measure", bare)
    return found


def _finding(told: dict[str, object], place: SlideIndex) -> BrowserFinding:
    boxes = told["boxes"]
    assert isinstance(boxes, list)
    return BrowserFinding(str(told["code"]), str(told["message"]), place, tuple(tuple(box) for box in boxes))


def _stem(deck: Deck) -> str:
    return page_path(deck.path).removesuffix(".html").replace("/", "-")


def _picture(room: DeckPage, found: Sequence[BrowserFinding], into: Path, name: str) -> None:
    folder, below = output_folder(into, room.site)
    room.run("kejian.page.mark", [[one.code, box] for one in found for box in one.boxes])
    folder.replace(f"{below}/{name}", room.page.screenshot())
    room.run("kejian.page.unmark")


def _complaints(room: DeckPage, known: Sequence[BrowserFinding]) -> Iterator[BrowserFinding]:
    """Yield the page's own errors, at the slide that requests the file, or else the one that was open."""
    broken = {one.place for one in known if one.code == "broken-picture"}
    for one in dict.fromkeys(room.complaints):
        asks = room.run("kejian.page.owner", one.url) if one.url else None
        place = (asks[0], asks[1]) if asks else one.slide
        if not (one.code == "failed-request" and place in broken):
            yield BrowserFinding(one.code, one.message, place)


def _printed(room: DeckPage, deck: Deck) -> Iterator[BrowserFinding]:
    """Yield a finding for each slide that takes more than one printed page."""
    room.go(page_path(deck.path), PRINTED)
    room.until("document.querySelector('.pdf-page')")
    heights = room.run(
        """() => [...document.querySelectorAll(".pdf-page")].map((page) => {
          const { h, v } = page.querySelector("section.slide").dataset;
          const sheet = Reveal.getComputedSlideSize().height * (1 + Reveal.getConfig().margin);
          return [Number(h), Number(v), Math.round(page.offsetHeight / (sheet || 1))];
        })"""
    )
    for h, v, pages in heights:
        if pages > 1 and (h, v) in places(deck):
            yield BrowserFinding("print-pages", f"the slide takes {pages} pages when it is printed", (h, v))
