"""What every command shares: exit statuses, how it speaks, and which day it is."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from kejian.diagnostics import Diagnostic
    from kejian.running.places import Opener

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 -- argparse has no public name for it

DONE, ERRORS, WRONG_USE = 0, 1, 2


class Command(Protocol):
    """A module of this folder."""

    def add(self, commands: Commands) -> None:
        """Say its words."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; returns the exit status."""
        ...


def say(words: str) -> None:
    """A line of progress or of result, aside from what a command prints for other programs."""
    print(f"kejian: {words}", file=sys.stderr, flush=True)


def silent(words: str) -> None:
    """Say nothing."""


def today() -> str:
    """The day as a record names it: `2024-09-01`."""
    return datetime.now(UTC).date().isoformat()


def found(diagnostics: Iterable[Diagnostic], course: Path) -> None:
    """Print what was found in the files of the course, each with its line."""
    from kejian.diagnostics import as_text
    from kejian.source_lines import Lines

    print(as_text(diagnostics, Lines(course)), end="", file=sys.stderr)


def found_as_json(diagnostics: Iterable[Diagnostic]) -> None:
    """Print what was found for another program, on standard output."""
    from kejian.diagnostics import as_json

    print(as_json(diagnostics))


def add_course(parser: argparse.ArgumentParser) -> None:
    """The word that names the course."""
    parser.add_argument("course", nargs="?", type=Path, default=Path(), metavar="COURSE", help="its folder")


def add_executor(parser: argparse.ArgumentParser) -> None:
    """The word that says where examples run."""
    words = "where examples run: local, the default, or dask://HOST:PORT, a Dask cluster"
    parser.add_argument("--executor", type=_executor, metavar="WHERE", help=words)


def _executor(word: str) -> Opener:
    from kejian.running.executors import named
    from kejian.running.places import NoExecutorError

    try:
        return named(word)
    except NoExecutorError as e:
        raise argparse.ArgumentTypeError(f"{e}: {e.hint}") from None


def where(options: argparse.Namespace) -> Opener:
    """Where examples run."""
    from kejian.running.executors import local

    return options.executor or local


def add_judging(parser: argparse.ArgumentParser) -> None:
    """The words of commands that end in findings."""
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how findings are printed")
