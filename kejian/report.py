"""What a build is asked, and what it did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kejian.diagnostics import Diagnostic, Severity, failed
from kejian.fill import Progress
from kejian.model import Page
from kejian.running import executors
from kejian.running.places import Opener

Shown = Callable[[Page], None]
"""Is handed a page as soon as it is drawn."""


def unseen(page: Page) -> None:
    """Let a page wait until the site is published."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked.

    course: its folder. out: where the site goes. strict: warnings are errors. execute: stale examples are run.
    today: the UTC date, `2026-11-24`, on which runs are verified. quick: fonts of an earlier build will do.
    single_file: each deck is also published as one file. stopped: whether examples that run are to end.
    executor: where they run. shown: sees each page with no error on it before it is published.
    wary: pages that the cache holds are read before they are relied on.
    """

    course: Path
    out: Path
    strict: bool = False
    execute: bool = True
    today: str = ""
    quick: bool = False
    single_file: bool = False
    progress: Progress = lambda words: None  # noqa: ARG005 -- silence
    stopped: Callable[[], bool] = lambda: False
    shown: Shown = unseen
    executor: Opener = executors.local
    wary: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `written` counts the files of the site that changed; on an error nothing was published.

    behind: a quick build left something to a full one. reads: what `Folder.reads` held, for all that was built.
    day: when something was missing on this machine, the day on which that holds.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    decks: int = 0
    pages: int = 0
    slides: int = 0
    made: int = 0
    reused: int = 0
    ran: int = 0
    written: int = 0
    seconds: float = 0.0
    behind: bool = False
    reads: Mapping[str, str] = field(default_factory=dict)
    day: str = ""

    @property
    def failed(self) -> bool:
        """Whether nothing was published."""
        return failed(self.diagnostics)

    @property
    def settled(self) -> bool:
        """Whether another build of the same files would find the same and do nothing."""
        return not (self.failed or self.behind or any(found.code == "not-verified" for found in self.diagnostics))

    def summary(self, out: Path) -> str:
        """One line of figures, how long it took, and what became of the site."""
        where = "nothing published" if self.failed else f"{_number(self.written, 'file')} new in {out}"
        return f"{self.figures}; {self.seconds:.2f} s — {where}"

    @property
    def again(self) -> Report:
        """What a build of the same files would report: everything is there already."""
        return replace(self, made=0, ran=0, reused=self.reused + self.made + self.ran, written=0)

    @property
    def figures(self) -> str:
        """What was counted."""
        warnings = sum(d.severity is Severity.WARNING for d in self.diagnostics)
        errors = sum(d.severity is Severity.ERROR for d in self.diagnostics)
        return (
            f"{_number(self.decks, 'deck')}, {_number(self.pages, 'page')}, {_number(self.slides, 'slide')}; "
            f"{_number(self.made, 'hole')} filled, {self.reused} reused, {_number(self.ran, 'example')} run; "
            f"{_number(errors, 'error')}, {_number(warnings, 'warning')}"
        )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
