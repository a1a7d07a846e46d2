"""The commands, as `python build.py …` in a checkout and `kejian …` where the wheel is installed."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from kejian import __version__
from kejian.diagnostics import Span, as_json, as_text

DONE, ERRORS, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 built, 1 errors, 2 wrong use."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if not words or (words[0] not in _COMMANDS and words[0] not in ("-h", "--help", "--version")):
        words.insert(0, "build")
    options = _parser().parse_args(words)
    try:
        return _COMMANDS[options.command](options)
    except KeyboardInterrupt:
        _say("interrupted: the site is as it was")
        return ERRORS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("kejian", description="Markdown lectures to offline reveal.js decks.")
    parser.add_argument("--version", action="version", version=f"kejian {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    build = commands.add_parser("build", help="build a course into a site (the default command)")
    build.add_argument("course", nargs="?", type=Path, default=Path(), metavar="COURSE", help="its folder")
    build.add_argument("--out", type=Path, metavar="DIR", help="where the site goes; default: COURSE/site")
    build.add_argument("--strict", action="store_true", help="treat warnings as errors")
    build.add_argument("--no-exec", action="store_true", help="run no example")
    build.add_argument("--format", choices=("text", "json"), default="text", help="how findings are printed")
    build.add_argument("--quiet", action="store_true", help="print findings only")
    commands.add_parser("setup", help="install the page's parts (needs the network once)")
    return parser


def _build(options: argparse.Namespace) -> int:
    from kejian.pipeline import Options, build

    out = options.out or options.course / "site"
    quiet = options.quiet or options.format == "json"
    report = build(Options(options.course, out, options.strict, _silent if quiet else _say))
    if options.format == "json":
        print(as_json(report.diagnostics))
    else:
        print(as_text(report.diagnostics, _reader(options.course)), end="", file=sys.stderr)
    if not quiet:
        _say(report.summary(out))
    return ERRORS if report.failed else DONE


def _setup(_: argparse.Namespace) -> int:
    from kejian import fonts
    from kejian.toolchain import ToolchainError, setup

    try:
        fonts.unpack(setup(_say), _say)
    except ToolchainError as e:
        _say(f"error[not-set-up]: {e}")
        return ERRORS
    return DONE


def _say(words: str) -> None:
    print(f"kejian: {words}", file=sys.stderr, flush=True)


def _silent(words: str) -> None:
    """Say nothing."""


class _reader:  # noqa: N801 -- called like the function it stands for
    """The line of source at a span, each file read once; empty where there is none."""

    def __init__(self, course: Path) -> None:
        self._course = course
        self._lines: dict[str, list[str]] = {}

    def __call__(self, span: Span) -> str:
        if span.path not in self._lines:
            try:
                text = (self._course / span.path).read_text("utf-8-sig", errors="replace")
            except (OSError, ValueError):
                text = ""
            self._lines[span.path] = text.split("\n")
        lines = self._lines[span.path]
        return lines[span.line - 1] if 0 < span.line <= len(lines) else ""


_COMMANDS = {"build": _build, "setup": _setup}
