"""`kejian explain`: what an example depends on, and why it would run again."""

from __future__ import annotations

import argparse

from kejian.commands import terminal


def add(commands: terminal.Commands) -> None:
    """Its words."""
    parser = commands.add_parser("explain", help="say what an example depends on and why it would run again")
    parser.add_argument("example", metavar="EXAMPLE", help="such as lenet.summary")
    terminal.add_course(parser)


def run(options: argparse.Namespace) -> int:
    """Explain."""
    from kejian.explain import explain

    words, wrong = explain(options.course, options.example)
    terminal.found(wrong, options.course)
    print(words)
    return terminal.ERRORS if wrong or words.startswith("No deck quotes") else terminal.DONE
