"""The commands, as `python build.py …` in a checkout and `kejian …` where the wheel is installed."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Mapping, Sequence

from kejian import __version__
from kejian.commands import build, check, clean, explain, import_, new, pdf, serve, setup, terminal

COMMANDS: Mapping[str, terminal.Command] = {
    "build": build,
    "check": check,
    "pdf": pdf,
    "explain": explain,
    "clean": clean,
    "new": new,
    "import": import_,
    "serve": serve,
    "setup": setup,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 built, 1 errors, 2 wrong use."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if not words or (words[0] not in COMMANDS and words[0] not in ("-h", "--help", "--version")):
        words.insert(0, "build")
    options = _parser(words[0]).parse_args(words)
    try:
        return COMMANDS[options.command].run(options)
    except KeyboardInterrupt:
        terminal.say("interrupted: the site is as it was")
        return terminal.ERRORS
    except OSError as e:
        file = f"{e.filename}: " if e.filename else ""
        terminal.say(f"error[cannot-go-on]: {file}{e.strerror or e}")
        return terminal.ERRORS


def _parser(word: str) -> argparse.ArgumentParser:
    """What reads the words of the command `word`; of all commands where it is none, but asks for help."""
    parser = argparse.ArgumentParser("kejian", description="Markdown lectures to offline reveal.js decks.")
    parser.add_argument("--version", action="version", version=f"kejian {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in [COMMANDS[word]] if word in COMMANDS else COMMANDS.values():
        command.add(commands)
    return parser
