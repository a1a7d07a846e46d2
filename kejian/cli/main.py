"""The command line: `python build.py …` in a checkout, `kejian …` with an installed wheel."""

from __future__ import annotations

import argparse
import gc
import io
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence

from kejian import __version__
from kejian.cli import (
    build,
    check,
    clean,
    completion,
    doctor,
    explain,
    export,
    import_,
    lsp,
    new,
    pdf,
    schema,
    serve,
    setup,
    terminal,
)
from kejian.core import command_name, refused

COMMANDS: Mapping[str, terminal.Command] = {
    "build": build,
    "check": check,
    "pdf": pdf,
    "export": export,
    "explain": explain,
    "clean": clean,
    "new": new,
    "import": import_,
    "serve": serve,
    "setup": setup,
    "doctor": doctor,
    "schema": schema,
    "lsp": lsp,
    "completion": completion,
}

_OBJECTS = 50_000
"""So many new objects make Python look for unused ones: what a start imports is never unused, and a page soon is."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status: 0 success, 1 errors, 2 wrong usage."""
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if not words or (words[0] not in COMMANDS and words[0] not in ("-h", "--help", "-V", "--version")):
        if words and (near := _near_command(words[0])):
            return terminal.wrong_use(f"there is neither a command nor a folder {words[0]}; did you mean `{near}`?")
        words.insert(0, "build")
    options = _parsed(words)
    try:
        refused.ask_for_files()
        terminal.find_course(options)
        return COMMANDS[options.command].run(options)
    except KeyboardInterrupt:
        terminal.echo("interrupted: the site is as it was")
        return terminal.ERRORS
    except OSError as e:
        terminal.echo(f"error[cannot-go-on]: {refused.words(e)}")
        return terminal.ERRORS


def _near_command(word: str) -> str:
    """Return the command probably meant by a word that is not a folder; "" if none is similar."""
    if word.startswith("-") or os.path.lexists(word):
        return ""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word[:50], COMMANDS, 1)), "")


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments; only the parser of the command is built, or all of them for help."""
    parser, commands = _parser([COMMANDS[words[0]]] if words[0] in COMMANDS else COMMANDS.values())
    parser.set_defaults(whole=lambda: _parser(COMMANDS.values())[0])
    options, unknown = parser.parse_known_args(words)
    if unknown:
        known = commands.choices[options.command]
        known.error(f"unrecognized arguments: {' '.join(unknown)}{_meant(unknown[0], known.format_usage())}")
    return options


def _parser(known: Iterable[terminal.Command]) -> tuple[argparse.ArgumentParser, terminal.Commands]:
    """Return a parser of these commands, and what it has them in."""
    parser = argparse.ArgumentParser(
        command_name.started(), description="Markdown lectures to offline reveal.js decks."
    )
    parser.add_argument("-V", "--version", action="version", version=f"kejian {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in known:
        command.add(commands)
    return parser, commands


def _meant(word: str, usage: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word.partition("=")[0][:50], re.findall(r"--[\w-]+", usage), 1)
    return f"; did you mean {near[0]}?" if near else ""
