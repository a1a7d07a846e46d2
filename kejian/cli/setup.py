"""`kejian setup`: installs the parts of a page, for which it needs the network once."""

from __future__ import annotations

import argparse

from kejian.cli import terminal


def add(commands: terminal.Commands) -> None:
    """Register the subcommand, which has no options."""
    commands.add_parser("setup", help="install the page's parts (needs the network once)")


def run(_: argparse.Namespace) -> int:
    """Install Node packages and fonts, reporting progress."""
    from kejian.core.toolchain import ToolchainError, setup
    from kejian.render import font_files

    try:
        with terminal.progress() as said:
            font_files.unpack(setup(said), said)
    except ToolchainError as e:
        terminal.echo(f"error[not-set-up]: {e}")
        return terminal.ERRORS
    return terminal.DONE
