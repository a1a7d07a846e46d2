"""`kejian completion`: prints what makes a shell complete commands, options and paths."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from kejian.cli import terminal

SHELLS = ("bash", "fish", "zsh")
_FOLDERS = ("COURSE", "DIR")
"""How arguments are called that are folders; other paths are files or folders."""


def add(commands: terminal.Commands) -> None:
    """Register the subcommand and its options."""
    parser = commands.add_parser("completion", help="print what makes a shell complete commands, options and paths")
    parser.add_argument("shell", choices=SHELLS, help="the shell")


def run(options: argparse.Namespace) -> int:
    """Print the script on standard output. options.whole: returns the parser of all commands."""
    import shtab

    whole: argparse.ArgumentParser = options.whole()
    whole.prog = "kejian"  # what is installed is completed, also if this runs from a checkout
    for action in _actions(whole):
        if action.type is Path:
            action.complete = shtab.DIRECTORY if action.metavar in _FOLDERS else shtab.FILE  # type: ignore[attr-defined] # shtab looks there
    sys.stdout.write(shtab.complete(whole, options.shell))
    return terminal.DONE


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the arguments of a parser and of its subcommands."""
    for action in parser._actions:  # noqa: SLF001 -- argparse has no public name for them
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for command in action.choices.values():
                yield from _actions(command)
        else:
            yield action
