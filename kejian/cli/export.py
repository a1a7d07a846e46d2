"""`kejian export`: writes decks as presentations for PowerPoint, pictures, notebooks, and the speaker's notes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kejian.cli import terminal
from kejian.core.progress import counted

if TYPE_CHECKING:
    from kejian.browser.export import ExportResult


def add(commands: terminal.Commands) -> None:
    """Register the subcommand and its options."""
    parser = commands.add_parser(
        "export", help="write the decks for PowerPoint, as pictures, as notebooks, or their notes"
    )
    terminal.add_course(parser)
    where = "where the files go; default: COURSE/export, for an edition COURSE/dist/NAME.export"
    parser.add_argument("--out", type=Path, metavar="DIR", help=where)
    terminal.add_no_exec(parser)
    terminal.add_edition(parser)
    pptx = "a file for PowerPoint: each slide a picture, with its title, its notes and its links"
    parser.add_argument("--pptx", action="store_true", help=pptx)
    parser.add_argument("--png", action="store_true", help="a picture of each slide")
    parser.add_argument("--notebook", action="store_true", help="the notebook that the site offers beside the deck")
    notes = "the speaker's notes of all decks, as Markdown"
    parser.add_argument("--notes", type=Path, metavar="FILE.md", help=notes)
    picture = "the first slide as a picture for link previews, which `picture` in kejian.toml names"
    parser.add_argument("--picture", type=Path, metavar="FILE.png", help=picture)
    steps = "with --pptx and --png: a slide, or a picture, for each step"
    parser.add_argument("--steps", action="store_true", help=steps)


def run(options: argparse.Namespace) -> int:
    """Export what the options name; after an error nothing is written."""
    from kejian.browser import export, export_files
    from kejian.browser.chromium import NoBrowserError
    from kejian.render.powerpoint import NoOfficeError
    from kejian.render.speaker_notes import NoConverterError

    choice = export.ExportChoice(
        pptx=options.pptx,
        png=options.png,
        notebook=options.notebook,
        notes=bool(options.notes),
        picture=bool(options.picture),
        steps=options.steps,
    )
    if not (choice.pptx or choice.png or choice.notebook or choice.notes or choice.picture):
        return terminal.wrong_use("say what to write: --pptx, --png, --notebook, --notes FILE.md or --picture FILE.png")
    out = options.out or options.course / (f"dist/{options.edition}.export" if options.edition else "export")
    if refused := export_files.refusal(out, options.notes, options.picture, options.course):
        return terminal.wrong_use(refused)
    terminal.set_up(options)
    trusted = terminal.trusted(options)
    try:
        with terminal.progress() as said:
            made = export.exporting(options.course, choice, said, trusted=trusted, edition=options.edition)
    except (NoBrowserError, NoOfficeError, NoConverterError) as e:
        code = "no-browser" if isinstance(e, NoBrowserError) else "no-office"
        terminal.echo(f"error[{code}]: {e}")
        return terminal.ERRORS
    terminal.print_diagnostics(made.diagnostics, options.course)
    return _write(made, out, options)


def _write(made: ExportResult, out: Path, options: argparse.Namespace) -> int:
    from kejian.browser import export_files

    if made.failed:
        terminal.echo("nothing written")
        return terminal.ERRORS
    files = export_files.write(made, out, options.notes, options.picture, options.course)
    said = files if len(files) < 20 else sorted({file.parent for file in files})
    terminal.echo(f"{counted(len(files), 'file')}" + "".join(f"\n  {path}" for path in said))
    if options.picture:
        _say_where_it_is_shown(options.picture.resolve(), options.course.resolve())
    return terminal.DONE


def _say_where_it_is_shown(picture: Path, course: Path) -> None:
    """Print what to write so that link previews show the picture, unless the course has it."""
    from kejian.core import config
    from kejian.core.disk.files import Folder

    settings = config.load(Folder(course))[0]
    if not picture.is_relative_to(course):
        terminal.echo(f"link previews show a picture of the course: name a file in {course}")
        return
    lines = [] if settings.picture else [f'picture = "{picture.relative_to(course).as_posix()}"']
    lines += [] if settings.url else ['url = "https://example.org/course", where the site is published']
    if lines:
        terminal.echo("for link previews write in kejian.toml" + "".join(f"\n  {line}" for line in lines))
