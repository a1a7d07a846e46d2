"""A real browser: where it is, how it is started, and a deck opened in it from a folder, with the network denied."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

VARIABLE = "PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ROOM = (200, 40)
"""Pixels that the window is wider and higher than the slide."""

_READY = "Boolean(window.Reveal && Reveal.isReady())"
_LOADING = re.compile("Failed to load resource|net::ERR_|Not allowed to load local resource")


class NoBrowserError(RuntimeError):
    """There is no browser to drive; the text says what to type."""


def executable() -> str:
    """The Chromium to use: the one that `VARIABLE` names, one on PATH, or "" for Playwright's own."""
    named = os.environ.get(VARIABLE, "")
    if named and not Path(named).is_file():
        raise NoBrowserError(f"{VARIABLE} names {named}, which is not there")
    return named or next(filter(None, map(shutil.which, NAMES)), "")


@contextmanager
def launched() -> Iterator[Browser]:
    """Chromium, started; raises `NoBrowserError` where there is none."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        raise NoBrowserError("this needs Playwright: type `pip install 'kejian[browser]'`") from None
    with sync_playwright() as playwright:
        try:
            # Chromium has no sandbox for root; what it opens is the course's own site, with no network.
            browser = playwright.chromium.launch(
                executable_path=executable() or None, args=["--disable-gpu"], chromium_sandbox=False
            )
        except Error as e:
            raise NoBrowserError(
                "there is no Chromium that starts: type `apt-get install chromium`, or `python -m playwright install "
                f"chromium`, or name one in {VARIABLE}\n{e.message.splitlines()[0]}"
            ) from None
        try:
            yield browser
        except Error as e:
            if browser.is_connected() and "crashed" not in e.message:
                raise
            words = "Chromium ended before it was done: see that there is memory left, and try again"
            raise NoBrowserError(words) from None
        browser.close()


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the browser said while a deck was open. `slide`: the one that was open then; `url`: what was asked for."""

    code: str
    message: str
    slide: tuple[int, int]
    url: str = ""


@dataclass(slots=True)
class Opened:
    """An open deck. `at`: the slide that is open now, as its column and row."""

    page: Page
    site: Path
    complaints: list[Complaint] = field(default_factory=list)
    at: tuple[int, int] = (0, 0)

    def go(self, path: str, query: Mapping[str, str] | None = None) -> None:
        """Open the page at `path` in the site, and wait until it stands."""
        words = "&".join(f"{key}={value}" for key, value in (query or {}).items())
        self.page.goto((self.site / path).as_uri() + (f"?{words}" if words else ""))
        self.page.wait_for_function(_READY)
        width, height = self.page.evaluate("[Reveal.getConfig().width, Reveal.getConfig().height]")
        if isinstance(width, int) and isinstance(height, int):
            self.page.set_viewport_size({"width": width + ROOM[0], "height": height + ROOM[1]})
        self.page.evaluate("document.fonts.ready.then(() => true)")

    def run(self, expression: str, *values: object) -> Any:  # noqa: ANN401 -- what a page answers is JSON
        """The value of a JavaScript function, called with JSON values."""
        return self.page.evaluate(f"(values) => ({expression})(...values)", list(values))

    def route(self, route: Route) -> None:
        """Let through what is in the site; the rest is refused, and complained of."""
        url = route.request.url
        parts = urlsplit(url)
        if parts.scheme == "file" and Path(unquote(parts.path)).is_relative_to(self.site):
            route.continue_()
        else:
            self._complain("remote-request", f"the page asks for {url}, which is not in the site", url)
            route.abort()

    def failed(self, request: Request) -> None:
        """Complain of a file that is not there."""
        if not any(one.url == request.url for one in self.complaints):
            name = unquote(request.url).removeprefix(self.site.as_uri())
            self._complain("failed-request", f"{name.lstrip('/')} cannot be loaded", request.url)

    def console(self, message: ConsoleMessage) -> None:
        """Complain of an error in the console, unless it is about a request, which `failed` tells."""
        if message.type == "error" and not _LOADING.search(message.text):
            self._complain("console-error", message.text)

    def crashed(self, error: object) -> None:
        """Complain of an error that no script caught."""
        self._complain("console-error", str(error))

    def _complain(self, code: str, message: str, url: str = "") -> None:
        self.complaints.append(Complaint(code, message.replace(self.site.as_uri(), ""), self.at, url))


@contextmanager
def opened(browser: Browser, site: Path) -> Iterator[Opened]:
    """A page for decks of the site in the folder `site`; the window follows the size of their slides."""
    # A page's own policy would refuse what a check has to see refused, and the scripts that check.
    context = browser.new_context(
        viewport={"width": 1160, "height": 740}, bypass_csp=True, offline=True, reduced_motion="reduce"
    )
    room = Opened(context.new_page(), site.resolve())
    # Playwright notes its wrappers on the object of a bound method, which one with slots refuses: hence functions.
    context.route("**/*", lambda route: room.route(route))
    context.on("requestfailed", lambda request: room.failed(request))
    context.on("console", lambda message: room.console(message))
    context.on("weberror", lambda e: room.crashed(e.error))
    try:
        yield room
    finally:
        context.close()
