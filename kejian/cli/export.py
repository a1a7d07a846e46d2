"""`kejian export`: files of the decks to hand out: PowerPoint, pictures, notes, notebooks."""

from __future__ import annotations

import argparse
from pathlib import Path

from kejian.cli import terminal

_KINDS = {
    "pptx": "a PowerPoint file: pictures of the slides with their titles, notes and links",
    "png": "a picture of each slide, twice as large as the slide",
    "notes": "the speaker notes, as Markdown",
    "notebook": "the Jupyter notebook that the site offers of a deck with examples",
}


def add(commands: terminal.Commands) -> None:
    """Register the subcommand and its options."""
    parser = commands.add_parser("export", help="make files of the decks to hand out")
    terminal.add_course(parser)
    for kind, words in _KINDS.items():
        parser.add_argument(f"--{kind}", action="append_const", dest="kinds", const=kind, help=words)
    where = "where the files go; default: COURSE/export, for an edition COURSE/dist/NAME.export"
    parser.add_argument("--out", type=Path, metavar="DIR", help=where)
    terminal.add_no_exec(parser)
    terminal.add_edition(parser)


def run(options: argparse.Namespace) -> int:
    """Write the files; after an error nothing is written."""
    if not options.kinds:
        return terminal.wrong_use("say what to make: " + ", ".join(f"--{kind}" for kind in _KINDS))
    from kejian.browser import export, pdf
    from kejian.browser.chromium import NoBrowserError
    from kejian.browser.powerpoint import NoPowerPointError

    terminal.set_up(options)
    try:
        made = export.exported(
            options.course,
            terminal.echo,
            options.kinds,
            trusted=terminal.trusted(options),
            edition=options.edition,
        )
    except (NoBrowserError, NoPowerPointError) as e:
        code = "no-browser" if isinstance(e, NoBrowserError) else "no-powerpoint"
        terminal.echo(f"error[{code}]: {e}")
        return terminal.ERRORS
    terminal.print_diagnostics(made.diagnostics, options.course)
    if made.failed:
        terminal.echo("nothing written")
        return terminal.ERRORS
    if not made.files:
        terminal.echo("there is nothing to export: no deck has what was asked for")
        return terminal.ERRORS
    out = options.out or options.course / (f"dist/{options.edition}.export" if options.edition else "export")
    files = pdf.write(made.files, out, options.course)
    terminal.echo(f"{len(files)} files in {out}")
    return terminal.DONE
