"""`kejian serve`: a live preview of the course."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kejian.cli import terminal
from kejian.core import command_name, programs
from kejian.core.progress import counted

if TYPE_CHECKING:
    from kejian.core.diagnostics import Diagnostic


_HOST = "127.0.0.1"


def add(commands: terminal.Commands) -> None:
    """Register the subcommand and its options."""
    parser = commands.add_parser("serve", help="preview a course while it is being written")
    terminal.add_course(parser)
    port = "0 for any that is free; default: 8000, or the next that is free"
    parser.add_argument("--port", type=int, metavar="PORT", help=port)
    host = "the address to listen to, such as 0.0.0.0 in a container; default: 127.0.0.1, this machine alone"
    parser.add_argument("--host", default=_HOST, metavar="HOST", help=host)
    terminal.add_no_exec(parser)
    terminal.add_edition(parser)
    parser.add_argument("--open", action="store_true", help="open it in the browser")
    panel = "let a panel of VS Code show it in a frame, which no page may do otherwise"
    remote = "a phone turns the slides and reads the notes: prints its address, with a code, as a QR code; see --host"
    parser.add_argument("--remote", action="store_true", help=remote)
    parser.add_argument("--in-editor", action="store_true", help=panel)


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted, which is the normal end (status 0)."""
    try:
        return _serve(options)
    except KeyboardInterrupt:
        terminal.echo("the preview has ended")
        return terminal.DONE


def _serve(options: argparse.Namespace) -> int:
    from kejian.preview.events import EventStreams
    from kejian.preview.listening import NoPortError, host_for_phones, listen, port_of
    from kejian.preview.rebuild import Preview
    from kejian.preview.remote import PATH, Remote
    from kejian.preview.server import ANY, serve

    course = options.course.resolve()
    if not course.is_dir():
        terminal.echo(f"error[no-course]: there is no folder {options.course}\n    hint: name the folder of a course")
        return terminal.ERRORS
    try:
        phones = host_for_phones(options.host) if options.remote else ""
        listening = listen(options.host, options.port)
    except NoPortError as e:
        terminal.echo(f"error[no-port]: {e}\n    hint: {command_name.spoken(e.hint, course)}")
        return terminal.ERRORS
    terminal.set_up(options)
    events = EventStreams()
    address = _address("127.0.0.1" if options.host in ANY else options.host, port_of(listening))
    terminal.echo(f"{address} shows {course.name}; Ctrl-C ends it")
    if options.open:
        _open(address, course)
    preview = Preview(course=course, emit=events.emit, today=terminal.today, on_findings=findings_printer(course))
    preview.execute, preview.trusted = not options.no_exec, terminal.trusted(options)
    preview.edition = options.edition
    remote = Remote(pages=preview.opened, decks=events, report=terminal.echo) if phones else None
    if remote:
        print_address(f"{_address(phones, port_of(listening))}{PATH[1:]}#{remote.pairing.code}")
    serve(preview, events, listening, phones or options.host, in_editor=options.in_editor, remote=remote)
    return terminal.DONE


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def print_address(address: str) -> None:
    """Print the address for a phone, and a terminal gets it as a QR code too: light on dark, whatever its colours."""
    import segno

    terminal.echo(f"a phone turns the slides at {address}\n    the code counts once, for the first phone that has it")
    drawn = io.StringIO()
    segno.make_qr(address).terminal(drawn, border=2, compact=True)
    if sys.stderr.isatty():
        rows = "".join(f"\033[97;40m{row}\033[0m\n" for row in drawn.getvalue().splitlines())
        sys.stderr.write(rows)


def _open(address: str, course: Path) -> None:
    """Open the address in the user's browser, ignoring programs that the course brings along."""
    import webbrowser

    os.environ["PATH"] = programs.search_path(course)
    webbrowser.open(address)


def findings_printer(course: Path) -> Callable[[Sequence[Diagnostic] | None], None]:
    """Return a function that prints each build's findings between two lines that editors recognise as its begin and
    end.
    """

    def print_findings(found: Sequence[Diagnostic] | None) -> None:
        if found is None:
            terminal.echo("building")
            return
        terminal.print_diagnostics(found, course)
        terminal.echo(f"built: {counted(len(found), 'finding')}")

    return print_findings
