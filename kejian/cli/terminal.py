"""Shared by all commands: exit statuses, output, common options, the current date."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kejian.cli import colours
from kejian.core import around, command_name
from kejian.core.progress import Progress, silence

if TYPE_CHECKING:
    from kejian.core.diagnostics import Diagnostic
    from kejian.examples.run.backends import BackendFactory

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 -- argparse has no public name for it

DONE, ERRORS, WRONG_USE = 0, 1, 2

HERE = Path()
"""The course where none is named."""


class Command(Protocol):
    """A module of this folder."""

    def add(self, commands: Commands) -> None:
        """Register the subcommand and its options."""

    def run(self, options: argparse.Namespace) -> int:
        """Run the command; return the exit status."""
        ...


def echo(words: str) -> None:
    """Print progress or a result on standard error, away from output meant for other programs.

    It is one write, whatever buffers there are: lines of several processes do not mix.
    """
    sys.stderr.write(f"kejian: {words}\n")
    sys.stderr.flush()


def progress(*, quiet: bool = False) -> AbstractContextManager[Progress]:
    """Return what reports progress: bars on a terminal, else lines; nothing if it is to be quiet."""
    if quiet or not colours.on_terminal():
        return nullcontext(silence if quiet else echo)
    from kejian.cli.progress_bars import TerminalProgress

    return TerminalProgress(echo)


def today() -> str:
    """Return the current UTC date as recorded: `2024-09-01`."""
    return datetime.now(UTC).date().isoformat()


def as_typed(diagnostics: Iterable[Diagnostic], course: Path) -> list[Diagnostic]:
    """Rewrite the commands in hints as they have to be typed in the current folder."""
    from dataclasses import replace

    return [replace(one, hint=command_name.spoken(one.hint, course)) for one in diagnostics]


def print_diagnostics(diagnostics: Iterable[Diagnostic], course: Path) -> None:
    """Print diagnostics with their source lines."""
    from kejian.core.diagnostics import as_text
    from kejian.core.source_lines import Lines

    print_findings(as_text(as_typed(diagnostics, course), Lines(course)))


def print_findings(text: str) -> None:
    """Print the text of diagnostics on standard error, coloured if that is a terminal."""
    if text:
        sys.stderr.write(colours.displayed(text))


def print_diagnostics_as_json(diagnostics: Iterable[Diagnostic], course: Path) -> None:
    """Print diagnostics as JSON on standard output."""
    from kejian.core.diagnostics import as_json

    print(as_json(as_typed(diagnostics, course)))


def add_course(parser: argparse.ArgumentParser) -> None:
    """Add the argument for the course's folder."""
    parser.add_argument(
        "course",
        nargs="?",
        type=Path,
        default=HERE,
        metavar="COURSE",
        help="its folder; default: the course around this folder",
    )


def find_course(options: argparse.Namespace) -> None:
    """If no course was named, use the one around the current folder, and report that."""
    if getattr(options, "course", None) is not HERE:
        return
    found = around.course(HERE)
    if found != HERE and not (getattr(options, "quiet", False) or getattr(options, "format", "") == "json"):
        echo(f"the course is {found}")
    options.course, options.unnamed = found, True


def add_examples(parser: argparse.ArgumentParser, word: str, does: str) -> None:
    """Add an option that takes names of examples, none for all; `named` reads it."""
    words = f"{does}: those named, or all; COURSE stands before it, or is its last word if that is a folder"
    parser.add_argument(word, nargs="*", action="extend", metavar="EXAMPLE", help=words)


def named(options: argparse.Namespace, names: list[str] | None) -> tuple[str, ...]:
    """Return the named examples, `all` for all, none without the option; a folder as last name becomes the course."""
    if names is None:
        return ()
    if names and getattr(options, "unnamed", False) and Path(names[-1]).is_dir():
        options.course = Path(names.pop())
    return tuple(names) or ("all",)


def wrong_use(words: str) -> int:
    """Print a usage error; return its exit status."""
    print(f"{command_name.started()}: error: {words}", file=sys.stderr)
    return WRONG_USE


def add_no_exec(parser: argparse.ArgumentParser) -> None:
    """Add the option for a course that is not trusted, or whose examples are not to run."""
    untrusted = "for a course that you do not trust: run no example, start no program that it names or brings along"
    parser.add_argument("--no-exec", action="store_true", help=untrusted)
    trusts = "with --no-exec: follow the course's settings and templates all the same"
    parser.add_argument("--trust", action="store_true", help=trusts)


def add_edition(parser: argparse.ArgumentParser) -> None:
    """Add the option that names an edition of the course."""
    parser.add_argument("--edition", default="", metavar="NAME", help="an edition that kejian.toml lists")


def trusted(options: argparse.Namespace) -> bool:
    """Return whether the course may start programs and let its pages run its scripts."""
    return bool(options.trust or not options.no_exec)


def set_up(options: argparse.Namespace) -> None:
    """On first use, install the parts of a page; commands that need them report what is still missing.

    With `--no-exec` nothing is started, and the network is not used except by `kejian setup`.
    """
    from kejian.core import toolchain

    if options.no_exec or toolchain.is_complete():
        return
    from kejian.render import font_files

    echo("the first use: installing reveal.js, MathJax, Graphviz and fonts, about 180 MB, once")
    with suppress(toolchain.ToolchainError), progress() as said:
        font_files.unpack(toolchain.setup(said), said)


def add_executor(parser: argparse.ArgumentParser) -> None:
    """Add the option for where examples run."""
    words = "where examples run: local, the default, or dask://HOST:PORT, a Dask cluster"
    parser.add_argument("--executor", type=_executor, metavar="WHERE", help=words)


def _executor(word: str) -> BackendFactory:
    from kejian.examples.run.backends import NoExecutorError
    from kejian.examples.run.executors import named

    try:
        return named(word)
    except NoExecutorError as e:
        raise argparse.ArgumentTypeError(f"{e}: {e.hint}") from None


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Add the option for how much is done at once."""
    words = "how many processes work at once; default: as many as there are cores"
    parser.add_argument("--jobs", type=_count, default=0, metavar="N", help=words)


def _count(word: str) -> int:
    if not (word.isdecimal() and int(word)):
        raise argparse.ArgumentTypeError(f"{word} is no number of processes: type --jobs 1, or more")
    return int(word)


def add_output_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of commands that print diagnostics."""
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how findings are printed")
