"""`kejian pdf`: prints the decks as PDF, for the projector, as a handout, or with the speaker's notes."""

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
    as_handout = "three slides a sheet with lines to write on, or one that has notes with these below"
    for word, does in (
        ("handout", as_handout),
        ("notes", "a slide a sheet, with its notes below"),
        ("steps", "a page for each step of a slide"),
    ):
        kind.add_argument(f"--{word}", dest="kind", action="store_const", const=word, default="slides", help=does)
    paper = "of a handout and of notes; default: a4"
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4", help=paper)


def run(options: argparse.Namespace) -> int:
    """Print the decks; a blank or missing page is an error, after which nothing is written."""
    from kejian.browser import pdf
    from kejian.browser.chromium import NoBrowserError

    terminal.set_up(options)
    try:
        with terminal.progress() as said:
            printed = pdf.printing(
                options.course,
                said,
                kind=options.kind,
                paper=options.paper,
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
    files = pdf.write(printed, out, options.course)
    terminal.echo(f"{printed.pages} pages" + "".join(f"\n  {file}" for file in files))
    return terminal.DONE
