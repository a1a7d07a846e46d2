"""The options and the report of a build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kejian.core.config import FILE
from kejian.core.diagnostics import Diagnostic, Severity, failed
from kejian.core.model import Page
from kejian.core.paths import INDEX
from kejian.core.progress import Progress, counted

if TYPE_CHECKING:
    from kejian.examples.run.backends import BackendFactory

Shown = Callable[[Page], None]
"""Is handed a page as soon as it is drawn."""


def ignore_page(page: Page) -> None:
    """Default `shown` callback: do nothing."""


@dataclass(frozen=True, slots=True)
class SingleFiles:
    """The single files, and diagnostics."""

    pages: tuple[Page, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of a build.

    course: its folder. out: the site's folder. strict: treat warnings as errors. execute: run stale examples.
    today: the UTC date, `2026-11-24`, recorded as the date of runs. fast: accept the fonts of an earlier build.
    single_file: also publish each deck as a single file. stopped: polled; true ends running examples.
    executor: where examples run, on this machine if it is `None`.
    shown: called with each page without errors before it is published.
    verify_cache: check the hash of every cached page, not only its existence.
    trusted: settings and templates may start programs, and pages may run the course's scripts; like `execute` by
        default.
    edition: the edition of the course to build, "" for the one without a name.
    rerun: examples to run even if nothing has changed, by name, or `all`.
    """

    course: Path
    out: Path
    strict: bool = False
    execute: bool = True
    today: str = ""
    fast: bool = False
    single_file: bool = False
    progress: Progress = lambda words: None  # noqa: ARG005 -- silence
    stopped: Callable[[], bool] = lambda: False
    shown: Shown = ignore_page
    executor: BackendFactory | None = None
    verify_cache: bool = False
    trusted: bool | None = None
    rerun: tuple[str, ...] = ()
    edition: str = ""
    keep_going: bool = False

    @property
    def trusts(self) -> bool:
        """Return whether the course is trusted; with `--no-exec` it is not."""
        return self.execute if self.trusted is None else self.trusted


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The report of a build. `written` counts changed files of the site.

    published: the site was written; after an error it was not, unless the build was to keep going.

    incomplete: a fast build left work for a full one. reads: the value of `Folder.reads`, for all files.
    valid_on: if something was unavailable on this machine, the only day on which the report holds.
    guessed: the language of the decks, if the settings name none.
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
    incomplete: bool = False
    reads: Mapping[str, str] = field(default_factory=dict)
    valid_on: str = ""
    guessed: str = ""
    published: bool = False

    @property
    def failed(self) -> bool:
        """Return whether there are errors."""
        return failed(self.diagnostics)

    @property
    def cacheable(self) -> bool:
        """Return whether another build of the same files would report the same and do nothing."""
        return not (self.failed or self.incomplete or any(found.code == "not-verified" for found in self.diagnostics))

    def summary(self, out: Path) -> str:
        """Format one line of figures, duration and outcome."""
        new = f"{counted(self.written, 'file')} new; open {out / INDEX}"
        where = f"published with errors, {new}" if self.failed else new
        where = where if self.published else "nothing published"
        if self.guessed and self.written:
            where += f'; the decks seem to be in `{self.guessed}`: write language = "…" in {FILE} if they are not'
        return f"{self.figures}; {self.seconds:.2f} s — {where}"

    @property
    def as_no_op(self) -> Report:
        """Return the report of another build of the same files, for which everything exists already."""
        return replace(self, made=0, ran=0, reused=self.reused + self.made + self.ran, written=0)

    @property
    def figures(self) -> str:
        """Format the counts."""
        warnings = sum(d.severity is Severity.WARNING for d in self.diagnostics)
        errors = sum(d.severity is Severity.ERROR for d in self.diagnostics)
        return (
            f"{counted(self.decks, 'deck')}, {counted(self.pages, 'page')}, {counted(self.slides, 'slide')}; "
            f"{counted(self.made, 'part')} made, {self.reused} reused, {counted(self.ran, 'example')} run; "
            f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
        )
