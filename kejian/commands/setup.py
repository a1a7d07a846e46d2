"""`kejian setup`: the page's parts, which need the network once."""

from __future__ import annotations

import argparse

from kejian.commands import terminal


def add(commands: terminal.Commands) -> None:
    """Its words: none."""
    commands.add_parser("setup", help="install the page's parts (needs the network once)")


def run(_: argparse.Namespace) -> int:
    """Install them."""
    from kejian.page import fonts
    from kejian.toolchain import ToolchainError, setup

    try:
        fonts.unpack(setup(terminal.say), terminal.say)
    except ToolchainError as e:
        terminal.say(f"error[not-set-up]: {e}")
        return terminal.ERRORS
    return terminal.DONE
