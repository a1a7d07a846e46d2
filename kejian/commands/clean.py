"""`kejian clean`: an empty cache, or a record without what no slide quotes any more."""

from __future__ import annotations

import argparse
from contextlib import suppress

from kejian.commands import terminal


def add(commands: terminal.Commands) -> None:
    """Its words."""
    parser = commands.add_parser("clean", help="remove the cache; with --outputs, recorded outputs no slide quotes")
    terminal.add_course(parser)
    parser.add_argument("--outputs", action="store_true", help="remove recorded outputs that no slide quotes")


def run(options: argparse.Namespace) -> int:
    """Remove one or the other; raises `OSError` where the cache cannot be removed."""
    return _clean_outputs(options) if options.outputs else _clean_cache(options)


def _clean_cache(options: argparse.Namespace) -> int:
    import shutil

    with suppress(FileNotFoundError):
        shutil.rmtree(options.course / ".kejian")
    terminal.say("the cache is empty")
    return terminal.DONE


def _clean_outputs(options: argparse.Namespace) -> int:
    from kejian.diagnostics import Severity
    from kejian.survey import survey

    found = survey(options.course)
    broken = [*found.wrong, *(d for deck in found.decks for d in deck.diagnostics if d.severity is Severity.ERROR)]
    if broken:  # a deck that cannot be read may quote what looks unused
        terminal.found(broken, options.course)
        return terminal.ERRORS
    removed = [file for name in found.unused for file in found.record.remove(name)]
    terminal.say(f"{len(removed)} files removed from {found.outputs}" + "".join(f"\n  {file}" for file in removed))
    return terminal.DONE
