"""A deck opened in a browser from its folder: its requests, its errors, and access to nothing but its site."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from kejian.browser import chromium
from kejian.browser.chromium import UnseenError, process_of, too_slow, within

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route

ROOM = (200, 40)
"""Pixels that the window is wider and higher than the slide."""

_READY = "document.readyState === 'complete' && window.Reveal && Reveal.isReady && Reveal.isReady()"
_LOADING = re.compile("Failed to load resource|net::ERR_|Not allowed to load local resource|Content Security Policy")
_REFUSED = """
addEventListener("securitypolicyviolation", (event) => kejianRefused(event.blockedURI, event.effectiveDirective), true)
"""
_AWAY = "goes away to"
_WAIT = 0.05


@dataclass(frozen=True, slots=True)
class BrowserEvent:
    """An event in the browser. `slide`: the one that was open then; `url`: of the request, if it is about one."""

    code: str
    message: str
    slide: tuple[int, int]
    url: str = ""


@dataclass(slots=True, kw_only=True)
class DeckPage:
    """An open deck.

    at: the open slide's column and row. going: the address that was opened.
    left: the address to which the page tried to navigate.
    """

    process: int
    page: Page
    site: Path
    complaints: list[BrowserEvent] = field(default_factory=list)
    at: tuple[int, int] = (0, 0)
    going: str = ""
    left: str = ""

    def go(self, path: str, query: Mapping[str, str] | None = None) -> None:
        """Open the page at `path` in the site, and wait until it is ready. Raises `UnseenError`."""
        words = "&".join(f"{key}={value}" for key, value in (query or {}).items())
        self.going = (self.site / path).as_uri() + (f"?{words}" if words else "")
        with within(self.process, chromium.LONGEST):
            self.page.goto(self.going, timeout=0, wait_until="commit")
            self.until(_READY)
            width, height = self.page.evaluate("[Reveal.getConfig().width, Reveal.getConfig().height]")
            if isinstance(width, int) and isinstance(height, int):
                self.page.set_viewport_size({"width": width + ROOM[0], "height": height + ROOM[1]})
            self.page.evaluate("document.fonts.ready.then(() => true)")

    def until(self, condition: str) -> None:
        """Poll until an expression is true. Waiting inside the page needs `eval`, which its policy forbids."""
        end = time.monotonic() + chromium.LONGEST
        while not self.page.evaluate(f"Boolean({condition})"):
            if self.left:  # the browser was loading the page that it is about to leave
                raise UnseenError(f"the page goes away to {self.left} before it stands")
            if time.monotonic() > end:
                raise too_slow()
            self.page.wait_for_timeout(_WAIT * 1000)

    def run(self, expression: str, *values: object) -> Any:  # noqa: ANN401 -- what a page answers is JSON
        """Call a JavaScript function with JSON values and return its result. Raises `UnseenError`."""
        with within(self.process, chromium.LONGEST):
            return self.page.evaluate(f"(values) => ({expression})(...values)", list(values))

    def script(self, text: str) -> None:
        """Run a script of ours in the page. Raises `UnseenError`."""
        with within(self.process, chromium.LONGEST):
            self.page.evaluate(text)

    def route(self, route: Route) -> None:
        """Serve requests within the site; block and record others."""
        url = route.request.url
        leaves = self._leaves(route.request)
        if not self._inside(url):
            self._complain("remote-request", f"the page asks for {url}, which is not in the site", url)
        elif leaves:
            self._complain("remote-request", f"the page {leaves} {url}", url)
        else:
            route.continue_()
            return
        if leaves:
            self.left = url.replace(self.site.as_uri(), "") if leaves == _AWAY else self.left
            route.fulfill(status=204)  # with 204 the browser stays on the page
        else:
            route.abort()

    def _inside(self, url: str) -> bool:
        parts = urlsplit(url)
        try:
            file = Path(unquote(parts.path)).resolve()
        except (OSError, ValueError):  # a name that no file has
            return False
        return parts.scheme == "file" and not parts.netloc and file.is_relative_to(self.site)

    def _leaves(self, request: Request) -> str:
        """Return how a request would replace the deck, "" if it would not."""
        from playwright.sync_api import Error

        if not request.is_navigation_request():
            return ""
        try:
            deck = request.frame == self.page.main_frame
        except Error:  # whose window does not exist yet
            return "opens a window for"
        return _AWAY if deck and unquote(request.url.partition("#")[0]) != unquote(self.going) else ""

    def refused(self, url: str, rule: str) -> None:
        """Record a request that the page's own policy blocked."""
        if urlsplit(url).scheme:
            self._complain("remote-request", f"the page asks for {url}, which its policy refuses ({rule})", url)
        else:
            self._complain("console-error", f"the page's policy refuses what its {rule} is not to hold: {url}")

    def failed(self, request: Request) -> None:
        """Record a request for a missing file."""
        if not any(one.url == request.url for one in self.complaints):
            name = unquote(request.url).removeprefix(self.site.as_uri())
            self._complain("failed-request", f"{name.lstrip('/')} cannot be loaded", request.url)

    def console(self, message: ConsoleMessage) -> None:
        """Record an error on the console, unless it is about a request, which is recorded elsewhere."""
        if message.type == "error" and not _LOADING.search(message.text):
            self._complain("console-error", message.text)

    def crashed(self, error: object) -> None:
        """Record an uncaught exception."""
        self._complain("console-error", str(error))

    def _complain(self, code: str, message: str, url: str = "") -> None:
        self.complaints.append(BrowserEvent(code, message.replace(self.site.as_uri(), ""), self.at, url))


@contextmanager
def opened(browser: Browser, site: Path, sharpness: int = 1) -> Iterator[DeckPage]:
    """Open a page for decks of the site in the folder `site`; the window's size follows that of their slides.

    sharpness: pixels of a screenshot to one of the page, along a side.

    It is like any reader's, with the page's own policy, but without network, files outside the site, windows, downloads
    and permissions. The checks' scripts are exempt from the page's policy.
    """
    from playwright.sync_api import Error

    context = browser.new_context(
        viewport={"width": 1160, "height": 740},
        device_scale_factor=sharpness,
        offline=True,
        reduced_motion="reduce",
        accept_downloads=False,
        service_workers="block",
        permissions=[],
    )
    context.set_default_timeout(chromium.LONGEST * 1000)
    room = DeckPage(process=process_of(browser), page=context.new_page(), site=site.resolve())
    _watch(context, room)
    try:
        yield room
    finally:
        with suppress(Error):  # if the browser has been killed
            context.close()


def _watch(context: BrowserContext, room: DeckPage) -> None:
    # Playwright notes its wrappers on the object of a bound method, which one with slots refuses: hence functions.
    context.route("**/*", lambda route: room.route(route))
    context.expose_binding("kejianRefused", lambda _, url, rule: room.refused(str(url), str(rule)))
    context.add_init_script(_REFUSED)
    context.on("page", lambda page: page.close())  # in a background window the deck would not be drawn
    context.on("requestfailed", lambda request: room.failed(request))
    context.on("console", lambda message: room.console(message))
    context.on("weberror", lambda e: room.crashed(e.error))
