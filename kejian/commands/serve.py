"""`kejian serve`: the course while it is being written."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kejian.commands import terminal

if TYPE_CHECKING:
    from kejian.diagnostics import Diagnostic


def add(commands: terminal.Commands) -> None:
    """Its words."""
    parser = commands.add_parser("serve", help="preview a course while it is being written")
    terminal.add_course(parser)
    parser.add_argument("--port", type=int, default=8000, help="on 127.0.0.1; default: 8000")
    parser.add_argument("--open", action="store_true", help="open it in the browser")


def run(options: argparse.Namespace) -> int:
    """Serve until it is interrupted."""
    try:
        from kejian.live.preview import Preview
        from kejian.live.serve import Events, serve
    except ModuleNotFoundError as missing:
        need = f"serve needs the package {missing.name}"
        terminal.say(f"error: {need}: type `pip install 'kejian[serve]'`, or `make serve`")
        return terminal.ERRORS
    events = Events()
    address = f"http://127.0.0.1:{options.port}/"
    terminal.say(f"{address} shows {options.course.resolve().name}; Ctrl-C ends it")
    if options.open:
        import webbrowser

        webbrowser.open(address)
    course = options.course.resolve()
    serve(Preview(course, events.tell, terminal.today, told=teller(course)), events, options.port)
    return terminal.DONE


def teller(course: Path) -> Callable[[Sequence[Diagnostic] | None], None]:
    """What prints each build's findings, between two lines by which an editor knows where a build begins and ends."""

    def told(found: Sequence[Diagnostic] | None) -> None:
        if found is None:
            terminal.say("building")
            return
        terminal.found(found, course)
        terminal.say(f"built: {len(found)} findings")

    return told
