"""Commands for programs: `kejian.build` and `kejian.check`, which return what the commands print."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from kejian.checks import examples
from kejian.checks.examples import ExamplesCheck
from kejian.core.progress import Progress
from kejian.pipeline import build as pipeline
from kejian.pipeline.report import Options, Report


def build(
    course: str | os.PathLike[str],
    out: str | os.PathLike[str] | None = None,
    *,
    strict: bool = False,
    execute: bool = True,
    edition: str = "",
    single_file: bool = False,
    progress: Progress = lambda words: None,  # noqa: ARG005 -- silence
) -> Report:
    """Build the course in a folder into a site, as `kejian build` does.

    out: the site's folder; `site` in the course, or `dist/EDITION`, if it is not given.
    strict: warnings are errors. execute: stale examples run; without it the course is not trusted either.
    edition: one of those that the course lists. single_file: each deck becomes one file, too.
    progress: called with words while it takes longer.

    Nothing is raised for what is wrong with the course: see `Report.failed` and `Report.diagnostics`.
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
    )
    return pipeline.build(options)


def check(
    course: str | os.PathLike[str],
    *,
    strict: bool = False,
    execute: bool = True,
    progress: Progress = lambda words: None,  # noqa: ARG005 -- silence
) -> ExamplesCheck:
    """Compare what the slides of a course show with what their code shows, as `kejian check` does; nothing is written.

    strict: warnings are errors. execute: run the examples; without it only the other checks run.
    """
    return examples.check(Path(course), progress, _today(), strictly=strict, execute=execute)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
