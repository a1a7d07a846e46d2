"""`kejian new`: a course that builds, checks and deploys at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from kejian.commands import terminal


def add(commands: terminal.Commands) -> None:
    """Its words."""
    parser = commands.add_parser("new", help="write a course that builds, checks and deploys at once")
    parser.add_argument("course", type=Path, metavar="COURSE", help="a folder that is not there yet, or empty")


def run(options: argparse.Namespace) -> int:
    """Write the course; what is there already is left alone."""
    from kejian.start import Taken, create

    try:
        written = create(options.course.resolve())
    except (Taken, OSError) as e:
        why = "it holds something already" if isinstance(e, Taken) else e.strerror
        terminal.say(f"error[not-created]: {options.course}: {why}\n    hint: name a folder that is not there yet")
        return terminal.ERRORS
    terminal.say(f"{options.course} holds a course:" + "".join(f"\n  {file}" for file in written))
    terminal.say(f"type: cd {options.course} && make site")
    return terminal.DONE
