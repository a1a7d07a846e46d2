"""`kejian new`: creates a course that builds, checks and deploys at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from kejian.cli import terminal
from kejian.core import command_name


def add(commands: terminal.Commands) -> None:
    """Register the subcommand and its options."""
    parser = commands.add_parser("new", help="write a course that builds, checks and deploys at once")
    parser.add_argument(
        "course",
        type=Path,
        metavar="COURSE",
        help="a folder that is not there yet, or empty but for .git, README and LICENSE",
    )


def run(options: argparse.Namespace) -> int:
    """Write the course and print its files; existing files are never changed."""
    from kejian.cli.scaffold import FolderNotEmptyError, create

    try:
        written = create(options.course.resolve())
    except (FolderNotEmptyError, OSError) as e:
        why = e.strerror if isinstance(e, OSError) else e
        terminal.echo(f"error[not-created]: {options.course}: {why}\n    hint: name a folder that is not there yet")
        return terminal.ERRORS
    terminal.echo(f"{options.course} holds a course:" + "".join(f"\n  {file}" for file in written))
    terminal.echo(command_name.spoken("type `kejian serve --open`", options.course))
    return terminal.DONE
