"""`kejian pdf`: prints the decks as PDF, for the projector or as a handout."""

from __future__ import annotations

import argparse
from pathlib import Path

from kejian.cli import terminal


def add(commands: terminal.Commands) -> None:
    """Register the subcommand and its options."""
    parser = commands.add_parser("pdf", help="print the decks as PDF, a slide a page")
    terminal.add_course(parser)
    where = "where the files go; default: COURSE/pdf, for an edition COURSE/dist/NAME.pdf"
    parser.add_argument("--out", type=Path, metavar="DIR", help=where)
    terminal.add_no_exec(parser)
    terminal.add_edition(parser)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--handout", action="store_true", help="a slide a sheet, with its notes below")
    kind.add_argument("--steps", action="store_true", help="a page for each step of a slide")
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4", help="of a handout; default: a4")


def run(options: argparse.Namespace) -> int:
    """Print the decks; a blank or missing page is an error, after which nothing is written."""
    from kejian.browser import pdf
    from kejian.browser.chromium import NoBrowserError

    terminal.set_up(options)
    try:
        printed = pdf.printing(
            options.course,
            terminal.echo,
            handout=options.handout,
            paper=options.paper,
            steps=options.steps,
            trusted=terminal.trusted(options),
            edition=options.edition,
        )
    except NoBrowserError as e:
        terminal.echo(f"error[no-browser]: {e}")
        return terminal.ERRORS
    terminal.print_diagnostics(printed.diagnostics, options.course)
    if printed.failed:
        terminal.echo("nothing written")
        return terminal.ERRORS
    out = options.out or options.course / (f"dist/{options.edition}.pdf" if options.edition else "pdf")
    files = pdf.write(printed.files, out, options.course)
    terminal.echo(f"{printed.pages} pages" + "".join(f"\n  {file}" for file in files))
    return terminal.DONE
