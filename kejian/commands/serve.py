"""`kejian serve`: the course while it is being written."""

from __future__ import annotations

import argparse

from kejian.commands import terminal


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
    serve(Preview(options.course.resolve(), events.tell, terminal.today), events, options.port)
    return terminal.DONE
