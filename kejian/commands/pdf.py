"""`kejian pdf`: the decks as PDF, for the projector or as a handout."""

from __future__ import annotations

import argparse
from pathlib import Path

from kejian.commands import terminal


def add(commands: terminal.Commands) -> None:
    """Its words."""
    parser = commands.add_parser("pdf", help="print the decks as PDF, a slide a page")
    terminal.add_course(parser)
    parser.add_argument("--out", type=Path, metavar="DIR", help="where the files go; default: COURSE/pdf")
    parser.add_argument("--handout", action="store_true", help="on A4, with the notes below each slide")


def run(options: argparse.Namespace) -> int:
    """Print; a page that would be blank or missing is an error, and nothing is written."""
    from kejian.browser import pdf
    from kejian.browser.chromium import NoBrowserError

    try:
        printed = pdf.printing(options.course, terminal.say, handout=options.handout)
    except NoBrowserError as e:
        terminal.say(f"error[no-browser]: {e}")
        return terminal.ERRORS
    terminal.found(printed.diagnostics, options.course)
    if printed.failed:
        terminal.say("nothing written")
        return terminal.ERRORS
    files = pdf.write(printed, options.out or options.course / "pdf", options.course / ".kejian" / "aside")
    terminal.say(f"{printed.pages} pages" + "".join(f"\n  {file}" for file in files))
    return terminal.DONE
