"""`kejian lsp`: a language server for editors, over standard input and output."""

from __future__ import annotations

import argparse
import contextlib
import sys

from kejian.cli import terminal

_INSTALL = 'pip install "kejian[editor]"'


def add(commands: terminal.Commands) -> None:
    """Register the subcommand."""
    parser = commands.add_parser("lsp", help="serve editors: completion, hover, findings while typing, renaming")
    parser.add_argument("--stdio", action="store_true", help="what editors add by themselves; it is always so")


def run(_: argparse.Namespace) -> int:
    """Answer an editor until it ends the connection."""
    try:
        from kejian.editor.server import server
    except ModuleNotFoundError as e:
        terminal.echo(f"error[not-set-up]: an editor needs the package {e.name}, which is not installed")
        terminal.echo(f"    hint: {_INSTALL}")
        return terminal.ERRORS
    answers = sys.stdout.buffer
    with contextlib.redirect_stdout(sys.stderr):  # a word among the answers would end the connection
        server(terminal.today).start_io(sys.stdin.buffer, answers)
    return terminal.DONE
