"""`kejian clean`: empties the cache, or removes recorded outputs that no slide quotes."""

from __future__ import annotations

import argparse

from kejian.cli import terminal


def add(commands: terminal.Commands) -> None:
    """Register the subcommand and its options."""
    parser = commands.add_parser("clean", help="remove the cache; with --outputs, recorded outputs no slide quotes")
    terminal.add_course(parser)
    parser.add_argument("--outputs", action="store_true", help="remove recorded outputs that no slide quotes")


def run(options: argparse.Namespace) -> int:
    """Remove the cache, or with `--outputs` unused outputs. Raises `OSError` if the cache cannot be removed."""
    return _clean_outputs(options) if options.outputs else _clean_cache(options)


def _clean_cache(options: argparse.Namespace) -> int:
    from kejian.core.disk.cache_folder import NAME
    from kejian.core.disk.output_folder import OutputFolder

    OutputFolder(options.course).remove(NAME)
    terminal.echo("the cache is empty")
    return terminal.DONE


def _clean_outputs(options: argparse.Namespace) -> int:
    from kejian.core.diagnostics import Severity
    from kejian.pipeline.analysis import survey

    found = survey(options.course)
    every = (*found.wrong, *(one for deck in found.decks for one in deck.diagnostics))
    broken = [one for one in every if one.severity is Severity.ERROR or one.code == "unreadable"]
    if broken:  # an unreadable deck may quote what looks unused
        terminal.print_diagnostics(broken, options.course)
        return terminal.ERRORS
    removed = [file for name in found.unused for file in found.record.remove(name)]
    terminal.echo(f"{len(removed)} files removed from {found.outputs}" + "".join(f"\n  {file}" for file in removed))
    return terminal.DONE
