"""Commands for programs: `kejian.build` and `kejian.check`, which return what the commands print.

The names in `__all__`, their options and the fields of what they return stay as they are from release to release, or
say for a release that they will not.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from kejian.checks import examples
from kejian.checks.examples import ExamplesCheck
from kejian.core.cores import at_most
from kejian.core.diagnostics import Diagnostic, Severity, Span
from kejian.core.progress import Progress, silence
from kejian.pipeline import build as pipeline
from kejian.pipeline.report import Options, Report

__all__ = ["Diagnostic", "ExamplesCheck", "Report", "Severity", "Span", "build", "check"]


def build(
    course: str | os.PathLike[str],
    out: str | os.PathLike[str] | None = None,
    *,
    strict: bool = False,
    execute: bool = True,
    edition: str = "",
    single_file: bool = False,
    keep_going: bool = False,
    rerun: Sequence[str] = (),
    jobs: int = 0,
    progress: Progress = silence,
) -> Report:
    """Build the course in a folder into a site, as `kejian build` does. Nothing is raised for what is wrong with the
    course: see `Report.failed` and `Report.diagnostics`.

    out: the site's folder; `site` in the course, or `dist/EDITION`, if it is not given.
    strict: warnings are errors. execute: stale examples run; without it the course is not trusted either.
    edition: one of those that the course lists. single_file: each deck becomes one file, too.
    keep_going: the site is published although parts of its pages failed. rerun: examples that run although nothing
    has changed, by name, or `all`. jobs: how many processes work at once, 0 for as many as there are cores.
    progress: called with words while it takes longer.
    """
    root = Path(course)
    usual = root / (f"dist/{edition}" if edition else "site")
    options = Options(
        course=root,
        out=Path(out) if out is not None else usual,
        strict=strict,
        execute=execute,
        today=_today(),
        progress=progress,
        single_file=single_file,
        edition=edition,
        keep_going=keep_going,
        rerun=tuple(rerun),
    )
    with at_most(jobs):
        return pipeline.build(options)


def check(
    course: str | os.PathLike[str],
    *,
    strict: bool = False,
    execute: bool = True,
    accept: Sequence[str] = (),
    jobs: int = 0,
    progress: Progress = silence,
) -> ExamplesCheck:
    """Compare what the slides of a course show with what their code shows, as `kejian check` does.

    strict: warnings are errors. execute: run the examples; without it only the other checks run.
    accept: examples of which a new output is written into the record, by name, or `all`; else nothing is written.
    jobs, progress: as in `build`.
    """
    with at_most(jobs):
        return examples.check(Path(course), progress, _today(), strictly=strict, execute=execute, accept=tuple(accept))


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
