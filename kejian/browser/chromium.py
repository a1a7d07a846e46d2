"""Finds, starts and stops Chromium, with a timeout."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kejian.core import programs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

VARIABLE = "PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LONGEST = 120
"""Seconds that one look at a slide, or printing a deck, may take."""

_NO_SANDBOX = re.compile(
    r"No usable sandbox|Failed to move to new namespace|setuid sandbox|zygote_host_impl", re.IGNORECASE
)
_SANDBOX = (
    "Chromium's sandbox does not start here, and kejian does without it for root alone: type "
    "`sudo apt-get install chromium-sandbox`, or let users have namespaces: "
    "`sudo sysctl -w kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0` "
    "(the one that your system knows)"
)


class NoBrowserError(RuntimeError):
    """There is no browser to use; the text contains what to type."""


class UnseenError(RuntimeError):
    """A page could not be examined; the text says why."""


def executable(*strange: Path) -> str:
    """Return the Chromium to use: that of `VARIABLE`, one on PATH, or "" for Playwright's own.

    strange: untrusted folders, whose programs are not started.
    """
    named = os.environ.get(VARIABLE, "")
    if named and not Path(named).is_absolute():
        raise NoBrowserError(
            f"{VARIABLE} names {named}: write the whole path, which begins with {Path(named).absolute().anchor}"
        )
    if named and not Path(named).is_file():
        raise NoBrowserError(f"{VARIABLE} names {named}, which is not there")
    return named or next(filter(None, (programs.find(name, *strange) for name in NAMES)), "")


def is_root() -> bool:
    """Return whether this process runs as root, for which Chromium has no sandbox."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


@contextmanager
def launched(*strange: Path) -> Iterator[Browser]:
    """Start Chromium in its sandbox. Raises `NoBrowserError`, or `UnseenError` if a page fails inside.

    strange: untrusted folders, whose programs are not started.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        raise NoBrowserError("this needs Playwright: type `pip install 'kejian[browser]'`") from None
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=executable(*strange) or None, args=["--disable-gpu"], chromium_sandbox=not is_root()
            )
        except Error as e:
            raise NoBrowserError(_not_started(e.message)) from None
        try:
            yield browser
        except Error as e:
            if browser.is_connected() and "crashed" not in e.message:
                raise UnseenError(f"the page fails in Chromium: {e.message.splitlines()[0]}") from None
            words = "Chromium ended before it was done: see that there is memory left, and try again"
            raise NoBrowserError(words) from None
        browser.close()


def _not_started(message: str) -> str:
    if _NO_SANDBOX.search(message):
        return _SANDBOX
    return (
        "there is no Chromium that starts: type `apt-get install chromium`, or `python -m playwright install "
        f"chromium`, or name one in {VARIABLE}\n{message.splitlines()[0]}"
    )


@contextmanager
def within(process: int, seconds: float) -> Iterator[None]:
    """Kill the browser's process if the block takes longer than `seconds`, and raise `UnseenError`.

    A busy page does not respond, so there is no gentler way.
    """
    from playwright.sync_api import Error

    late = threading.Event()

    def end() -> None:
        late.set()
        _kill(process)

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        yield
    except Error:
        if late.is_set():
            raise too_slow() from None
        raise
    finally:
        timer.cancel()
    if late.is_set():
        raise too_slow()


def too_slow() -> UnseenError:
    """Return the error for a page that keeps the browser busy."""
    return UnseenError(f"the page keeps Chromium busy for more than {LONGEST} s")


def process_of(browser: Browser) -> int:
    """Return the id of the browser's own process."""
    session = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return next(int(one["id"]) for one in found if one["type"] == "browser")


def _kill(process: int) -> None:
    import psutil

    try:
        psutil.Process(process).kill()
    except psutil.Error:
        return  # it has ended by itself
