"""`kejian build`, the default command: builds a course into a site."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from kejian.cli import terminal
from kejian.core import command_name
from kejian.core.paths import INDEX
from kejian.pipeline.up_to_date import BuildFingerprint, CachedReport, contents, glance


def add(commands: terminal.Commands) -> None:
    """Register the subcommand and its options."""
    parser = commands.add_parser("build", help="build a course into a site (the default command)")
    terminal.add_course(parser)
    terminal.add_output_options(parser)
    where = "where the site goes; default: COURSE/site, for an edition COURSE/dist/NAME"
    parser.add_argument("--out", type=Path, metavar="DIR", help=where)
    terminal.add_edition(parser)
    parser.add_argument(
        "--single-file", action="store_true", help="write each deck as one file, too: DECK.single.html beside its page"
    )
    as_box = "publish the site although parts of its pages failed, each with a box in its place; the status stays 1"
    parser.add_argument("--keep-going", action="store_true", help=as_box)
    terminal.add_no_exec(parser)
    terminal.add_executor(parser)
    as_no_op = "run examples that decks quote although nothing they are made from has changed"
    terminal.add_examples(parser, "--rerun", as_no_op)
    terminal.add_jobs(parser)
    parser.add_argument("--watch", action="store_true", help="build again after each change, until Ctrl-C ends it")
    parser.add_argument("--quiet", action="store_true", help="print findings only")


def run(options: argparse.Namespace) -> int:
    """Build; errors leave the site as it was. If nothing has changed since the last build, the generator is not
    imported.
    """
    rerun = terminal.named(options, options.rerun)
    if rerun and options.no_exec:
        return terminal.wrong_use("--rerun runs examples, and --no-exec runs none: leave out one of them")
    out = options.out or options.course / (f"dist/{options.edition}" if options.edition else "site")
    return (_watch if options.watch and options.course.is_dir() else _once)(options, out, rerun)


def _watch(options: argparse.Namespace, out: Path, rerun: tuple[str, ...]) -> int:
    """Build, and once more after each change, until Ctrl-C, which is the normal end."""
    from kejian.preview.changes import changes

    try:
        for paths in changes(options.course, out):
            if paths and not options.quiet:
                more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
                terminal.echo(f"changed: {paths[0]}{more}")
            _once(options, out, () if paths else rerun)
            if not paths:
                terminal.echo("watching for changes; Ctrl-C ends it")
    except KeyboardInterrupt:
        terminal.echo("no longer watching")
    return terminal.DONE


def _once(options: argparse.Namespace, out: Path, rerun: tuple[str, ...]) -> int:
    """Build, unless nothing has changed since the last build."""
    start = time.monotonic()
    trusted = terminal.trusted(options)
    words = (command_name.started(), str(options.course), str(Path.cwd()))
    how = (str(options.strict), str(options.single_file), str(trusted), options.edition)
    before = glance(options.course, out, *how, *words)
    said = before.recall(terminal.today())
    if said is None or rerun:
        return _build(options, out, before, rerun)
    _print(options, said)
    if not (options.quiet or options.format == "json"):
        terminal.echo(f"{said.figures}; {time.monotonic() - start:.2f} s — 0 files new; open {out / INDEX}")
    return terminal.DONE


def _build(options: argparse.Namespace, out: Path, before: BuildFingerprint, rerun: tuple[str, ...]) -> int:
    from dataclasses import replace

    from kejian.core.cores import at_most
    from kejian.core.diagnostics import as_json, as_text
    from kejian.core.source_lines import Lines
    from kejian.pipeline.build import build
    from kejian.pipeline.report import Options

    terminal.set_up(options)
    quiet = options.quiet or options.format == "json"
    execute = not options.no_exec
    asked = Options(course=options.course, out=out, strict=options.strict, execute=execute, today=terminal.today())
    asked = replace(asked, trusted=terminal.trusted(options), rerun=rerun, edition=options.edition)
    asked = replace(asked, single_file=options.single_file, keep_going=options.keep_going)
    with at_most(options.jobs), terminal.progress(quiet=quiet) as progress:
        report = build(replace(asked, executor=options.executor, progress=progress))
    found = terminal.as_typed(report.diagnostics, options.course)
    text = as_text(found, Lines(options.course))
    said = CachedReport(text, as_json(found), report.as_no_op.figures, report.valid_on)
    if report.cacheable:
        before.remember(said, {**report.reads, **contents(before.course, ["templates"])})
    _print(options, said)
    if not quiet:
        terminal.echo(report.summary(out))
    return terminal.ERRORS if report.failed else terminal.DONE


def _print(options: argparse.Namespace, said: CachedReport) -> None:
    """Print the findings, as text or JSON."""
    if options.format == "json":
        print(said.json)
    else:
        terminal.print_findings(said.text)
