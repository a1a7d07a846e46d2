"""The commands, as `python build.py …` in a checkout and `kejian …` where the wheel is installed."""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import webbrowser
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from kejian import __version__
from kejian.diagnostics import Severity, as_json, as_text
from kejian.source_lines import Lines

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
    check = commands.add_parser("check", help="run every example and compare it with what the slides say")
    check.add_argument("course", nargs="?", type=Path, default=Path(), metavar="COURSE", help="its folder")
    check.add_argument("--strict", action="store_true", help="treat warnings as errors")
    check.add_argument("--report", type=Path, metavar="DIR", help="write a page with old and new side by side")
    check.add_argument("--format", choices=("text", "json"), default="text", help="how findings are printed")
    check.add_argument("--browser", action="store_true", help="instead, open every slide in Chromium")
    check.add_argument("--screenshots", type=Path, metavar="DIR", help="with --browser: a picture of what it finds")
    pdf = commands.add_parser("pdf", help="print the decks as PDF, a slide a page")
    pdf.add_argument("course", nargs="?", type=Path, default=Path(), metavar="COURSE", help="its folder")
    pdf.add_argument("--out", type=Path, metavar="DIR", help="where the files go; default: COURSE/pdf")
    pdf.add_argument("--handout", action="store_true", help="on A4, with the notes below each slide")
    explain = commands.add_parser("explain", help="say what an example depends on and why it would run again")
    explain.add_argument("example", metavar="EXAMPLE", help="such as lenet.summary")
    explain.add_argument("course", nargs="?", type=Path, default=Path(), metavar="COURSE", help="its folder")
    clean = commands.add_parser("clean", help="remove the cache; with --outputs, recorded outputs no slide quotes")
    clean.add_argument("course", nargs="?", type=Path, default=Path(), metavar="COURSE", help="its folder")
    clean.add_argument("--outputs", action="store_true", help="remove recorded outputs that no slide quotes")
    new = commands.add_parser("new", help="write a course that builds, checks and deploys at once")
    new.add_argument("course", type=Path, metavar="COURSE", help="a folder that is not there yet, or empty")
    serve = commands.add_parser("serve", help="preview a course while it is being written")
    serve.add_argument("course", nargs="?", type=Path, default=Path(), metavar="COURSE", help="its folder")
    serve.add_argument("--port", type=int, default=8000, help="on 127.0.0.1; default: 8000")
    serve.add_argument("--open", action="store_true", help="open it in the browser")
    commands.add_parser("setup", help="install the page's parts (needs the network once)")
    return parser


def _build(options: argparse.Namespace) -> int:
    from kejian.pipeline import build
    from kejian.report import Options

    out = options.out or options.course / "site"
    quiet = options.quiet or options.format == "json"
    progress = _silent if quiet else _say
    report = build(Options(options.course, out, options.strict, not options.no_exec, _today(), progress=progress))
    if options.format == "json":
        print(as_json(report.diagnostics))
    else:
        print(as_text(report.diagnostics, Lines(options.course)), end="", file=sys.stderr)
    if not quiet:
        _say(report.summary(out))
    return ERRORS if report.failed else DONE


def _check(options: argparse.Namespace) -> int:
    if options.browser:
        return _rehearse(options)
    from kejian.check import check
    from kejian.record import drift, drift_report

    said = _silent if options.format == "json" else _say
    checked = check(options.course, said, _today(), strictly=options.strict)
    if options.format == "json":
        print(as_json(checked.diagnostics))
        return ERRORS if checked.failed else DONE
    others = [found for found in checked.diagnostics if found.code != "drift"]
    print(as_text(others, Lines(options.course)), end="", file=sys.stderr)
    print(drift.as_text(checked.drifts, colour=sys.stderr.isatty()), end="", file=sys.stderr)
    if options.report:
        for path, data in drift_report.report(checked.drifts).items():
            options.report.mkdir(parents=True, exist_ok=True)
            (options.report / path).write_bytes(data)
    _say(checked.summary())
    return ERRORS if checked.failed else DONE


def _rehearse(options: argparse.Namespace) -> int:
    from kejian.browser.chromium import NoBrowserError
    from kejian.browser.rehearsal import rehearse

    said = _silent if options.format == "json" else _say
    try:
        seen = rehearse(options.course, said, strictly=options.strict, screenshots=options.screenshots)
    except NoBrowserError as e:
        _say(f"error[no-browser]: {e}")
        return ERRORS
    if options.format == "json":
        print(as_json(seen.diagnostics))
    else:
        print(as_text(seen.diagnostics, Lines(options.course)), end="", file=sys.stderr)
        _say(seen.summary())
    return ERRORS if seen.failed else DONE


def _pdf(options: argparse.Namespace) -> int:
    from kejian.browser import pdf
    from kejian.browser.chromium import NoBrowserError

    try:
        printed = pdf.printing(options.course, _say, handout=options.handout)
    except NoBrowserError as e:
        _say(f"error[no-browser]: {e}")
        return ERRORS
    print(as_text(printed.diagnostics, Lines(options.course)), end="", file=sys.stderr)
    if printed.failed:
        _say("nothing written")
        return ERRORS
    files = pdf.write(printed, options.out or options.course / "pdf")
    _say(f"{printed.pages} pages" + "".join(f"\n  {file}" for file in files))
    return DONE


def _explain(options: argparse.Namespace) -> int:
    from kejian.explain import explain

    words, wrong = explain(options.course, options.example)
    print(as_text(wrong, Lines(options.course)), end="", file=sys.stderr)
    print(words)
    return ERRORS if wrong or words.startswith("No deck quotes") else DONE


def _clean(options: argparse.Namespace) -> int:
    if not options.outputs:
        shutil.rmtree(options.course / ".kejian", ignore_errors=True)
        _say("the cache is empty")
        return DONE
    from kejian.survey import survey

    found = survey(options.course)
    broken = [*found.wrong, *(d for deck in found.decks for d in deck.diagnostics if d.severity is Severity.ERROR)]
    if broken:  # a deck that cannot be read may quote what looks unused
        print(as_text(broken, Lines(options.course)), end="", file=sys.stderr)
        return ERRORS
    removed = [file for name in found.unused for file in found.record.remove(name)]
    _say(f"{len(removed)} files removed from {found.outputs}" + "".join(f"\n  {file}" for file in removed))
    return DONE


def _new(options: argparse.Namespace) -> int:
    from kejian.start import Taken, create

    try:
        written = create(options.course.resolve())
    except (Taken, OSError) as e:
        why = "it holds something already" if isinstance(e, Taken) else e.strerror
        _say(f"error[not-created]: {options.course}: {why}\n    hint: name a folder that is not there yet")
        return ERRORS
    _say(f"{options.course} holds a course:" + "".join(f"\n  {file}" for file in written))
    _say(f"type: cd {options.course} && make site")
    return DONE


def _serve(options: argparse.Namespace) -> int:
    try:
        from kejian.live.preview import Preview
        from kejian.live.serve import Events, serve
    except ModuleNotFoundError as missing:
        _say(f"error: serve needs the package {missing.name}: type `pip install 'kejian[serve]'`, or `make serve`")
        return ERRORS
    events = Events()
    address = f"http://127.0.0.1:{options.port}/"
    _say(f"{address} shows {options.course.resolve().name}; Ctrl-C ends it")
    if options.open:
        webbrowser.open(address)
    serve(Preview(options.course.resolve(), events.tell, _today), events, options.port)
    return DONE


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _setup(_: argparse.Namespace) -> int:
    from kejian.page import fonts
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


_COMMANDS = {
    "build": _build,
    "check": _check,
    "pdf": _pdf,
    "explain": _explain,
    "clean": _clean,
    "new": _new,
    "serve": _serve,
    "setup": _setup,
}
