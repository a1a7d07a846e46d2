"""The preview's builds: a fast one after each edit, then in the background a full one that runs examples and cuts
fonts.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_hex

from kejian.core import command_name
from kejian.core.diagnostics import Diagnostic, Severity, ordered
from kejian.core.model import Page
from kejian.core.paths import MANIFEST
from kejian.pipeline.build import build
from kejian.pipeline.report import Options, Report
from kejian.preview import diff

Emit = Callable[[str, object], None]
"""Sends an event with its data to every open page."""

_FAILED = re.compile(r"`([^`]+)` failed: (.*)")
_QUIET = 0.3
"""Seconds without an edit before background work is done."""

OnFindings = Callable[[Sequence[Diagnostic] | None], None]


@dataclass(slots=True, kw_only=True)
class Preview:
    """A course being edited: `rebuild` builds its site into `out`, and keeps what the last build found.

    emit: sends an event to open pages: `patched` with a page, its new version and its changed slides; `changed` with
        the paths of files that changed otherwise; the events of `state` after each build; `running` while examples run.
    standing: current findings. A build that fails keeps the last good site.
    history: the changed files of each build that changed the site. began: identifies this preview.
    opened: the text of each page as open pages have it.
    on_findings: called with `None` when a build begins, then with the current findings, failed examples included.
    ended: set when the server ends, which stops running examples.
    execute, trusted, edition: as in `Options` of a build.
    """

    course: Path
    emit: Emit
    today: Callable[[], str]
    report: Report = field(default_factory=Report)
    standing: Sequence[Diagnostic] = ()
    history: list[Sequence[str]] = field(default_factory=list)
    began: str = field(default_factory=lambda: token_hex(4))
    opened: dict[str, str] = field(default_factory=dict)
    on_findings: OnFindings = lambda found: None  # noqa: ARG005 -- no listener
    ended: threading.Event = field(default_factory=threading.Event)
    execute: bool = True
    trusted: bool = True
    edition: str = ""
    _failures: Sequence[Diagnostic] = ()
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _behind: threading.Lock = field(default_factory=threading.Lock)
    _again: bool = False
    _edited: float = 0.0

    @property
    def out(self) -> Path:
        """Return the folder of the preview's site."""
        return self.course / ".kejian" / "preview" / "site"

    def rebuild(self) -> Report:
        """Build the current decks without running examples; examples and fonts follow in a thread."""
        self._edited = time.monotonic()
        self._quick()
        if self.report.incomplete:
            threading.Thread(target=self._behind_it, daemon=True).start()
        return self.report

    def _quick(self) -> None:
        with self._lock:
            self.on_findings(None)
            before = _files(self.out)
            fast = Options(
                course=self.course, out=self.out, execute=False, today=self.today(), fast=True, shown=self._show
            )
            self.report = build(replace(fast, trusted=self.trusted, edition=self.edition))
            after = _files(self.out)
            self.standing = self._standing()
            self.on_findings(self.standing)
        changed = sorted(path for path in after.keys() | before.keys() if after.get(path) != before.get(path))
        if changed:
            self.history.append(changed)
        rest = [path for path in changed if not self._patch(path)]
        if rest:
            self.emit("changed", rest)
        for event, data in self.state().items():
            self.emit(event, data)

    @property
    def moment(self) -> str:
        """Return an identifier of the site's current state, unique among all previews."""
        return f"{self.began}-{len(self.history)}"

    def missed(self, moment: str) -> list[str] | None:
        """Return the files of the site that have changed since `moment`; `None` if that is unknown."""
        began, _, number = moment.partition("-")
        if began != self.began or not number.isdecimal():
            return None
        return sorted({path for changed in self.history[int(number[:9]) :] for path in changed})

    def state(self) -> dict[str, object]:
        """Return the events for a newly opened page: the findings, and for each call that failed its error."""
        failed = (_FAILED.match(found.message) for found in self.standing if found.code == "example-failed")
        return {
            "findings": [_finding(found, self.course) for found in self.standing],
            "failed": {one[1]: one[2] for one in failed if one},
        }

    def _standing(self) -> list[Diagnostic]:
        """Return the findings of the last build, and failures of examples that have not run since."""
        waiting = any(found.code == "not-verified" for found in self.report.diagnostics)
        found = [one for one in self.report.diagnostics if one.code != "not-verified" or not self.execute]
        return ordered([*found, *(self._failures if waiting else ())])

    def _show(self, page: Page) -> None:
        """Send a page's changed slides before the page is published, since its author is waiting for them."""
        self._tell_slides(page.path, page.data.decode())

    def _patch(self, path: str) -> bool:
        """Send a page's changed slides; return whether nothing else of it has changed."""
        try:
            known = self._tell_slides(path, (self.out / path).read_text("utf-8")) if path in self.opened else False
        except OSError:
            known = False
        if not known:
            self.opened.pop(path, None)
        return known

    def _tell_slides(self, path: str, new: str) -> bool:
        old = self.opened.get(path)
        slides = None if old is None else diff.patch(old, new)
        if slides is None:
            return False
        self.opened[path] = new
        if slides:
            self.emit("patched", {"page": path, "version": diff.version(new), "slides": slides})
        return True

    def _behind_it(self) -> None:
        """Thread: catch up. Errors are ignored once the preview is ending, when no more threads can start."""
        try:
            self._catch_up()
        except Exception:
            if not self.ended.is_set():
                raise

    def _catch_up(self) -> None:
        """Run stale examples and cut fonts, then build again; one thread at a time, repeated for later edits."""
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
        self.emit("running", [])
        self._quick()  # an example that fails is not incomplete: it runs again after an edit, not before
        if self._again:  # an edit arrived while the lock was being released
            self._catch_up()

    def _await_quiet(self) -> None:
        """Wait for a pause between edits, since they are shown sooner when nothing else is running."""
        while (rest := self._edited + _QUIET - time.monotonic()) > 0 and not self.ended.wait(rest):
            pass

    def _full(self) -> None:
        def progress(words: str) -> None:
            if words.startswith("running "):
                self.emit("running", [words.removeprefix("running ").split(":")[0].split(" and ")[0]])

        out = self.course / ".kejian" / "preview-full" / "site"
        full = Options(course=self.course, out=out, execute=self.execute, today=self.today(), progress=progress)
        report = build(replace(full, trusted=self.trusted, edition=self.edition, stopped=self.ended.is_set))
        failures = (found for found in report.diagnostics if found.severity is Severity.ERROR)
        self._failures = [found for found in failures if found.code.startswith("example-")]


def _files(out: Path) -> dict[str, object]:
    try:
        return dict(json.loads((out / MANIFEST).read_bytes())["files"])
    except (OSError, ValueError, KeyError):
        return {}


def _finding(found: Diagnostic, course: Path) -> dict[str, str]:
    return {
        "place": str(found.span),
        "severity": str(found.severity),
        "message": found.message,
        "hint": command_name.spoken(found.hint, course),
    }
