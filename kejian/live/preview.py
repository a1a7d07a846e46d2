"""The preview's builds: quick ones after each edit, and behind them full ones that run examples and cut fonts."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kejian.diagnostics import Diagnostic, Severity, ordered
from kejian.glance import MANIFEST
from kejian.live import patches
from kejian.model import Page
from kejian.pipeline import build
from kejian.report import Options, Report

Tell = Callable[[str, object], None]
"""Sends an event with its data to every open page."""

_QUIET = 0.3
"""Seconds without an edit before what nobody waits for is done."""

Told = Callable[[Sequence[Diagnostic] | None], None]


@dataclass(slots=True)
class Preview:
    """A course being written: its site in `out`, rebuilt by `rebuild`, and what the last build found.

    tell: `patched` with a page, its new version and its slides that changed; `changed` with the paths of pages and
    files that changed otherwise; `findings` after each build; `running` while examples run. A build that fails leaves
    the last good site. opened: the text of each page as open pages know it. told: hears `None` as a build begins, and
    then what stands: what it found, and which examples failed when they last ran. ended: set when
    nobody is served any more, which ends what runs.
    """

    course: Path
    tell: Tell
    today: Callable[[], str]
    report: Report = field(default_factory=Report)
    opened: dict[str, str] = field(default_factory=dict)
    told: Told = lambda found: None  # noqa: ARG005 -- nobody listens
    ended: threading.Event = field(default_factory=threading.Event)
    _failures: Sequence[Diagnostic] = ()
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _behind: threading.Lock = field(default_factory=threading.Lock)
    _again: bool = False
    _edited: float = 0.0

    @property
    def out(self) -> Path:
        """Where the preview's site is."""
        return self.course / ".kejian" / "preview" / "site"

    def rebuild(self) -> Report:
        """Build what the decks say now, without running anything; examples and fonts follow in a thread."""
        self._edited = time.monotonic()
        self._quick()
        if self.report.behind:
            threading.Thread(target=self._catch_up, daemon=True).start()
        return self.report

    def _quick(self) -> None:
        with self._lock:
            self.told(None)
            before = _files(self.out)
            quick = Options(self.course, self.out, execute=False, today=self.today(), quick=True, shown=self._show)
            self.report = build(quick)
            after = _files(self.out)
            standing = self._standing()
            self.told(standing)
        changed = sorted(path for path in after.keys() | before.keys() if after.get(path) != before.get(path))
        rest = [path for path in changed if not self._patch(path)]
        if rest:
            self.tell("changed", rest)
        self.tell("findings", [_finding(found) for found in standing])

    def _standing(self) -> list[Diagnostic]:
        """What the last build found, and the failures of examples that have not run since."""
        waiting = any(found.code == "not-verified" for found in self.report.diagnostics)
        found = [found for found in self.report.diagnostics if found.code != "not-verified"]
        return ordered([*found, *(self._failures if waiting else ())])

    def _show(self, page: Page) -> None:
        """Tell open pages which of their slides changed before the page is published: whoever edits waits for it."""
        self._tell_slides(page.path, page.data.decode())

    def _patch(self, path: str) -> bool:
        """Tell open pages which of their slides changed; whether that is all they need to know."""
        try:
            known = self._tell_slides(path, (self.out / path).read_text("utf-8")) if path in self.opened else False
        except OSError:
            known = False
        if not known:
            self.opened.pop(path, None)
        return known

    def _tell_slides(self, path: str, new: str) -> bool:
        old = self.opened.get(path)
        slides = None if old is None else patches.patch(old, new)
        if slides is None:
            return False
        self.opened[path] = new
        if slides:
            self.tell("patched", {"page": path, "version": patches.version(new), "slides": slides})
        return True

    def _catch_up(self) -> None:
        """Run what is stale and cut the fonts anew, then build once more; one at a time, repeated for later edits."""
        self._again = True
        if not self._behind.acquire(blocking=False):
            return
        try:
            while self._again and not self.ended.is_set():
                self._await_quiet()
                self._again = False
                self._full()
        finally:
            self._behind.release()
        if self.ended.is_set():
            return
        self.tell("running", [])
        self._quick()  # an example that fails stays behind: it runs again after an edit, not before
        if self._again:  # an edit came while the lock was being given back
            self._catch_up()

    def _await_quiet(self) -> None:
        """Let whoever types go on: the next edit is shown sooner when nothing else is at work."""
        while (rest := self._edited + _QUIET - time.monotonic()) > 0 and not self.ended.wait(rest):
            pass

    def _full(self) -> None:
        def progress(words: str) -> None:
            if words.startswith("running "):
                self.tell("running", [words.removeprefix("running ").split(":")[0].split(" and ")[0]])

        out = self.course / ".kejian" / "preview-full" / "site"
        report = build(Options(self.course, out, today=self.today(), progress=progress, stopped=self.ended.is_set))
        failures = (found for found in report.diagnostics if found.severity is Severity.ERROR)
        self._failures = [found for found in failures if found.code.startswith("example-")]


def _files(out: Path) -> dict[str, object]:
    try:
        return dict(json.loads((out / MANIFEST).read_bytes())["files"])
    except (OSError, ValueError, KeyError):
        return {}


def _finding(found: Diagnostic) -> dict[str, str]:
    return {
        "place": str(found.span),
        "severity": str(found.severity),
        "message": found.message,
        "hint": found.hint,
    }
