"""`kejian schema`: prints a JSON Schema of `kejian.toml`, with which editors complete and validate it."""

from __future__ import annotations

import argparse
import json

from kejian.cli import terminal


def add(commands: terminal.Commands) -> None:
    """Register the subcommand, which has no options."""
    commands.add_parser("schema", help="print a JSON Schema of kejian.toml, for editors")


def run(_: argparse.Namespace) -> int:
    """Print the schema on standard output."""
    from kejian.core.config_schema import schema

    print(json.dumps(schema(), ensure_ascii=False, indent=2))
    return terminal.DONE
