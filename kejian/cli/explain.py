"""`kejian explain`: prints what an example depends on, and why it would run again."""

from __future__ import annotations

import argparse

from kejian.cli import terminal


def add(commands: terminal.Commands) -> None:
    """Register the subcommand and its options."""
    parser = commands.add_parser("explain", help="say what an example depends on and why it would run again")
    parser.add_argument("example", metavar="EXAMPLE", help="such as lenet.summary")
    terminal.add_course(parser)


def run(options: argparse.Namespace) -> int:
    """Print the explanation; fails if no deck quotes the example."""
    from kejian.checks.explain import explain

    words, wrong = explain(options.course, options.example)
    terminal.print_diagnostics(wrong, options.course)
    print(words)
    return terminal.ERRORS if wrong or words.startswith("No deck quotes") else terminal.DONE
