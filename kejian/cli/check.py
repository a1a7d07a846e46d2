"""`kejian check`: compares the recorded outputs with what the code outputs now, or inspects slides in a browser."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kejian.cli import colours, terminal
from kejian.core import command_name


def add(commands: terminal.Commands) -> None:
    """Register the subcommand and its options."""
    parser = commands.add_parser("check", help="run every example and compare it with what the slides say")
    terminal.add_course(parser)
    terminal.add_output_options(parser)
    terminal.add_no_exec(parser)
    terminal.add_executor(parser)
    terminal.add_jobs(parser)
    accepts = "write into the record what was found of examples that drifted"
    terminal.add_examples(parser, "--accept", accepts)
    parser.add_argument("--codes", action="store_true", help="say which codes there are and what they mean")
    parser.add_argument("--report", type=Path, metavar="DIR", help="write a page with old and new side by side")
    parser.add_argument("--browser", action="store_true", help="instead, open every slide in Chromium")
    parser.add_argument("--screenshots", type=Path, metavar="DIR", help="with --browser: a picture of what it finds")


def run(options: argparse.Namespace) -> int:
    """Check, print the findings and a summary; writes only the report and the outputs that options name."""
    accept = terminal.named(options, options.accept)
    if options.codes:
        return _say_codes(options)
    if accept and (options.no_exec or options.browser):
        other = "--no-exec" if options.no_exec else "--browser"
        return terminal.wrong_use(f"--accept runs examples, and {other} runs none: leave out one of them")
    terminal.set_up(options)
    return _rehearse(options) if options.browser else _run_examples(options, accept)


def _say_codes(options: argparse.Namespace) -> int:
    from kejian import checks
    from kejian.checks import browser_codes

    for one in checks.CHECKS:
        print(f"{one.code:22} {one.severity:8} {one.meaning}; {command_name.spoken(one.hint, options.course)}")
    for seen in browser_codes.CHECKS:
        print(f"{seen.code:22} --browser {seen.hint}")
    return terminal.DONE


def _run_examples(options: argparse.Namespace, accept: tuple[str, ...]) -> int:
    from dataclasses import replace
    from functools import partial

    from kejian.checks import drift_page
    from kejian.checks.examples import check
    from kejian.core.cores import at_most
    from kejian.core.disk.output_folder import output_folder
    from kejian.examples.record import drift

    ask = partial(check, options.course, strictly=options.strict, executor=options.executor)
    with at_most(options.jobs), terminal.progress(quiet=options.format == "json") as said:
        checked = ask(said, terminal.today(), execute=not options.no_exec, accept=accept)
    if options.format == "json":
        terminal.print_diagnostics_as_json(checked.diagnostics, options.course)
        return terminal.ERRORS if checked.failed else terminal.DONE
    terminal.print_diagnostics(
        [found for found in checked.diagnostics if found.code not in drift.CODES], options.course
    )
    drifts = [
        replace(one, hint=command_name.spoken(drift.what_to_type(one), options.course))
        for one in (*checked.written, *checked.drifts)
    ]
    print(drift.as_text(drifts, colour=colours.wanted()), end="", file=sys.stderr)
    if options.report:
        folder, name = output_folder(options.report, options.course)
        for path, data in drift_page.report(drifts).items():
            folder.replace(f"{name}/{path}", data)
    terminal.echo(checked.summary())
    return terminal.ERRORS if checked.failed else terminal.DONE


def _rehearse(options: argparse.Namespace) -> int:
    from kejian.browser.audit import rehearse
    from kejian.browser.chromium import NoBrowserError

    try:
        asked = {"strictly": options.strict, "trusted": terminal.trusted(options)}
        with terminal.progress(quiet=options.format == "json") as said:
            seen = rehearse(options.course, said, screenshots=options.screenshots, **asked)
    except NoBrowserError as e:
        terminal.echo(f"error[no-browser]: {e}")
        return terminal.ERRORS
    if options.format == "json":
        terminal.print_diagnostics_as_json(seen.diagnostics, options.course)
    else:
        terminal.print_diagnostics(seen.diagnostics, options.course)
        terminal.echo(seen.summary())
    return terminal.ERRORS if seen.failed else terminal.DONE
