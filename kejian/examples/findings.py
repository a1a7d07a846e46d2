"""Diagnostics about a run: why it failed, and what its author should know if it did not."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import normpath

from kejian.core.diagnostics import Diagnostic, Severity, error, warning
from kejian.core.limits import MOST_TEXT
from kejian.core.model import Example
from kejian.examples import answers, jobs, output_html, terminal_text, unshown
from kejian.examples.answers import Answer
from kejian.examples.jobs import Job
from kejian.examples.keys.trace import Trace
from kejian.examples.record.file_format import RecordedExample
from kejian.examples.since import place as where
from kejian.examples.since import since

LINES, LETTERS = 1000, 100_000
"""Lines and letters of an output on a slide that a build says nothing about; `check` does from sixty lines on."""
_NAMED = re.compile(r": '([^'\0]+)'$")
"""The file that the message of an `OSError` ends with."""
_FONT = (
    'name a font that has them, such as plt.rcParams["font.family"] = ["Noto Sans CJK SC", "DejaVu Sans"], and '
    "install it (Debian: fonts-noto-cjk), or bring one along with matplotlib.font_manager.fontManager.addfont"
)


def failure(job: Job, answer: Answer, root: Path) -> Diagnostic:
    """Return why the job has no outputs, and what to do about it."""
    assert answer.error is not None
    kind, words = answer.error["type"], answer.error["message"]
    trace = since(job) + (f"\n{answer.error['trace']}" if answer.error["trace"] else "")
    place = where(job)
    if kind == answers.TOO_MUCH:
        hint = f"show less in {place}; as text, kejian.toml allows more with `output_limit = {MOST_TEXT}` or less"
        return error("output-too-large", job.span, f"`{job.call}` shows too much: {words}{trace}", hint)
    if kind == answers.CANNOT_SHOW:
        return unshown.refused(job, words)
    meant = "" if kind in answers.FAILURES else f', or write raises="{kind}" if the error is meant'
    hint = f"fix {place}{meant}"
    if "FileNotFoundError" in answer.error["types"] and (found := _NAMED.search(words)):
        hint = _missing(job, found[1], root)
    return error("example-failed", job.span, f"`{job.call}` failed: {kind}: {words}{trace}", hint)


def _missing(job: Job, name: str, root: Path) -> str:
    """Return what to type for a file that an example does not find: both ways to name one of the course."""
    path = _in_course(name, root)
    there = "" if os.path.lexists(root / path) else f"put {path} into the course; "
    ways = f'`open("{path}")`'
    if not job.first.code:
        ways += f', or `Path(__file__).parents[{job.symbol.path.count("/")}] / "{path}"`'
    declared = "" if path in jobs.declared(job) else f' and declare it, `DATA = ("{path}",)` in {job.symbol.path}'
    return f"{there}an example runs in the course's folder: write {ways}{declared}"


def _in_course(name: str, root: Path) -> str:
    """Return the course path that was probably meant by a file name."""
    base = root.resolve()
    path = Path(name)
    if path.is_absolute():
        return path.relative_to(base).as_posix() if path.is_relative_to(base) else f"data/{path.name}"
    return re.sub(r"^(?:\.\./)+", "", normpath(name.replace("\\", "/")))


def undeclared(job: Job, trace: Trace, root: Path) -> Iterator[Diagnostic]:
    """Yield a warning for each file that was read but not declared, which readers of the code would not expect."""
    known = jobs.declared(job)
    inside = [name for name in trace.reads if name not in known and os.path.lexists(root / name)]
    hints = [(name, jobs.declaring(job, name)) for name in inside]
    hints += [(name, "keep data inside the course, and declare it in DATA") for name in trace.outside]
    for name, hint in hints:
        message = f"`{job.call}` reads {name}, which no DATA declares"
        yield warning("undeclared-read", job.span, message, hint)


def uncounted(job: Job, answer: Answer) -> Iterator[Diagnostic]:
    """Yield a warning if a run has read more files than are recorded."""
    if answer.more_reads:
        message = f"`{job.call}` reads {answer.more_reads:,} more files than are looked at"
        hint = "put what it reads into fewer files, and declare them in DATA"
        yield warning("undeclared-read", job.span, message, hint)


def long(example: Example, recorded: RecordedExample) -> Iterator[Diagnostic]:
    """Yield a warning if an output is longer than a browser lays out at once."""
    for output in output_html.shown(example, recorded):
        text = terminal_text.plain(output.text.rstrip()) if output.suffix == "txt" else ""
        lines = text.count("\n") + 1
        count, most, name = (lines, LINES, "lines") if lines > LINES else (len(text), LETTERS, "letters")
        if count > most:
            message = f"the output of `{recorded.call}` has {count:,} {name}, more than {most:,}: it opens in parts"
            hint = "print less, or show a part of it: what matters, or the first and the last lines"
            yield warning("too-much", example.span, message, hint)


def drawn(example: Example, recorded: RecordedExample) -> Iterator[Diagnostic]:
    """Yield problems in HTML, Markdown and TeX that a run has shown."""
    return (found for form in output_html.forms(example, recorded) for found in form.findings)


def aside(job: Job, answer: Answer) -> Iterator[Diagnostic]:
    """Yield findings about messages of an example, or that it shows nothing."""
    if answer.said:
        lines = "".join(f"\n  {line}" for line in answer.said.splitlines())
        message = f"`{job.call}` says aside{f' ({answer.said_at})' * bool(answer.said_at)}:{lines}"
        hint = "fix what it warns of, or write stderr=true on the import to show it on the slide"
        shown = any(example.stderr for example in job.examples)
        yield from (
            ()
            if shown
            else (Diagnostic(code="example-stderr", severity=Severity.HINT, span=job.span, message=message, hint=hint),)
        )
    if answer.glyphs:
        message = f"the figure of `{job.call}` has boxes for {answer.glyphs}: its font has no such letters"
        yield warning("missing-glyph", job.span, message, _FONT)
    if answer.was:
        message = f"the figure of `{job.call}` was {answer.was / 1e6:.1f} MB as a drawing: its points are pixels now"
        hint = "draw them with rasterized=True, or draw fewer"
        yield warning("figure-rasterised", job.span, message, hint)
    yield from unshown.odd(job, answer)
