"""`kejian check`: is what the slides say what the code says, or, in a browser, is it fit for a room?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kejian.commands import terminal


def add(commands: terminal.Commands) -> None:
    """Its words."""
    parser = commands.add_parser("check", help="run every example and compare it with what the slides say")
    terminal.add_course(parser)
    terminal.add_judging(parser)
    parser.add_argument("--no-exec", action="store_true", help="run no example, look the decks over only")
    terminal.add_executor(parser)
    parser.add_argument("--codes", action="store_true", help="say which codes there are and what they mean")
    parser.add_argument("--report", type=Path, metavar="DIR", help="write a page with old and new side by side")
    parser.add_argument("--browser", action="store_true", help="instead, open every slide in Chromium")
    parser.add_argument("--screenshots", type=Path, metavar="DIR", help="with --browser: a picture of what it finds")


def run(options: argparse.Namespace) -> int:
    """Check, and write nothing but the report that was asked for."""
    if options.codes:
        return _say_codes()
    return _rehearse(options) if options.browser else _run_examples(options)


def _say_codes() -> int:
    from kejian import checks
    from kejian.browser import findings

    for one in checks.CHECKS:
        print(f"{one.code:22} {one.severity:8} {one.meaning}; {one.hint}")
    for seen in findings.CHECKS:
        print(f"{seen.code:22} --browser {seen.hint}")
    return terminal.DONE


def _run_examples(options: argparse.Namespace) -> int:
    from kejian.check import check
    from kejian.record import drift, drift_report

    said = terminal.silent if options.format == "json" else terminal.say
    execute = not options.no_exec
    where = terminal.where(options)
    checked = check(options.course, said, terminal.today(), strictly=options.strict, execute=execute, executor=where)
    if options.format == "json":
        terminal.found_as_json(checked.diagnostics)
        return terminal.ERRORS if checked.failed else terminal.DONE
    terminal.found([found for found in checked.diagnostics if found.code != "drift"], options.course)
    print(drift.as_text(checked.drifts, colour=sys.stderr.isatty()), end="", file=sys.stderr)
    if options.report:
        for path, data in drift_report.report(checked.drifts).items():
            options.report.mkdir(parents=True, exist_ok=True)
            (options.report / path).write_bytes(data)
    terminal.say(checked.summary())
    return terminal.ERRORS if checked.failed else terminal.DONE


def _rehearse(options: argparse.Namespace) -> int:
    from kejian.browser.chromium import NoBrowserError
    from kejian.browser.rehearsal import rehearse

    said = terminal.silent if options.format == "json" else terminal.say
    try:
        seen = rehearse(options.course, said, strictly=options.strict, screenshots=options.screenshots)
    except NoBrowserError as e:
        terminal.say(f"error[no-browser]: {e}")
        return terminal.ERRORS
    if options.format == "json":
        terminal.found_as_json(seen.diagnostics)
    else:
        terminal.found(seen.diagnostics, options.course)
        terminal.say(seen.summary())
    return terminal.ERRORS if seen.failed else terminal.DONE
