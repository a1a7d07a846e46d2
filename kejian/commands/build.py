"""`kejian build`, the default command: a course into a site."""

from __future__ import annotations

import argparse
from pathlib import Path

from kejian.commands import terminal


def add(commands: terminal.Commands) -> None:
    """Its words."""
    parser = commands.add_parser("build", help="build a course into a site (the default command)")
    terminal.add_course(parser)
    terminal.add_judging(parser)
    parser.add_argument("--out", type=Path, metavar="DIR", help="where the site goes; default: COURSE/site")
    parser.add_argument("--no-exec", action="store_true", help="run no example")
    parser.add_argument("--quiet", action="store_true", help="print findings only")


def run(options: argparse.Namespace) -> int:
    """Build; errors leave the site as it was."""
    from kejian.pipeline import build
    from kejian.report import Options

    out = options.out or options.course / "site"
    quiet = options.quiet or options.format == "json"
    progress = terminal.silent if quiet else terminal.say
    execute = not options.no_exec
    report = build(Options(options.course, out, options.strict, execute, terminal.today(), progress=progress))
    if options.format == "json":
        terminal.found_as_json(report.diagnostics)
    else:
        terminal.found(report.diagnostics, options.course)
    if not quiet:
        terminal.say(report.summary(out))
    return terminal.ERRORS if report.failed else terminal.DONE
