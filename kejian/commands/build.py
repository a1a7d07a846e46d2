"""`kejian build`, the default command: a course into a site."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from kejian.commands import terminal
from kejian.glance import Glance, Said, contents, glance


def add(commands: terminal.Commands) -> None:
    """Its words."""
    parser = commands.add_parser("build", help="build a course into a site (the default command)")
    terminal.add_course(parser)
    terminal.add_judging(parser)
    parser.add_argument("--out", type=Path, metavar="DIR", help="where the site goes; default: COURSE/site")
    parser.add_argument(
        "--single-file", action="store_true", help="write each deck as one file, too: DECK.single.html beside its page"
    )
    parser.add_argument("--no-exec", action="store_true", help="run no example")
    terminal.add_executor(parser)
    parser.add_argument("--quiet", action="store_true", help="print findings only")


def run(options: argparse.Namespace) -> int:
    """Build; errors leave the site as it was. Where nothing has changed since the last build, nothing is imported."""
    start = time.monotonic()
    out = options.out or options.course / "site"
    before = glance(options.course, out, str(options.strict), str(options.single_file))
    said = before.recall(terminal.today())
    if said is None:
        return _build(options, out, before)
    _tell(options, said)
    if not (options.quiet or options.format == "json"):
        terminal.say(f"{said.figures}; {time.monotonic() - start:.2f} s — 0 files new in {out}")
    return terminal.DONE


def _build(options: argparse.Namespace, out: Path, before: Glance) -> int:
    from dataclasses import replace

    from kejian.diagnostics import as_json, as_text
    from kejian.pipeline import build
    from kejian.report import Options
    from kejian.source_lines import Lines

    quiet = options.quiet or options.format == "json"
    progress = terminal.silent if quiet else terminal.say
    execute = not options.no_exec
    asked = Options(options.course, out, options.strict, execute, terminal.today(), progress=progress)
    report = build(replace(asked, single_file=options.single_file, executor=terminal.where(options)))
    text = as_text(report.diagnostics, Lines(options.course))
    said = Said(text, as_json(report.diagnostics), report.again.figures, report.day)
    if report.settled:
        before.remember(said, {**report.reads, **contents(before.course, ["templates"])})
    _tell(options, said)
    if not quiet:
        terminal.say(report.summary(out))
    return terminal.ERRORS if report.failed else terminal.DONE


def _tell(options: argparse.Namespace, said: Said) -> None:
    """Print the findings."""
    if options.format == "json":
        print(said.json)
    else:
        print(said.text, end="", file=sys.stderr)
