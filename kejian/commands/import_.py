"""`kejian import`: decks written for Markdown Preview Enhanced, judged, and offered rewritten as a patch."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kejian.commands import terminal

if TYPE_CHECKING:
    from kejian.adoption import Adopted


def add(commands: terminal.Commands) -> None:
    """Its words."""
    parser = commands.add_parser("import", help="judge decks of Markdown Preview Enhanced, and offer to rewrite them")
    parser.add_argument("path", nargs="?", type=Path, default=Path(), metavar="DECK", help="a deck, or a course")
    terminal.add_judging(parser)
    parser.add_argument("--run", action="store_true", help="try the new examples; those that fail are to be filled in")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--diff", type=Path, metavar="FILE", help="write the patch there; default: standard output")
    where.add_argument("--write", action="store_true", help="change the files, all of them or none")


def run(options: argparse.Namespace) -> int:
    """Judge and offer; without `--write` the course stays as it is."""
    from kejian.adopt.patch import patch
    from kejian.adoption import adopt
    from kejian.diagnostics import failed, strict

    json = options.format == "json"
    adopted = adopt(options.path, terminal.silent if json else terminal.say, execute=options.run)
    found = strict(adopted.diagnostics) if options.strict else list(adopted.diagnostics)
    if json:
        terminal.found_as_json(found)
    else:
        terminal.found(found, adopted.root)
        for path, words in adopted.used:
            terminal.say(f"{path} uses {words}")
        terminal.say(adopted.summary())
    status = terminal.ERRORS if failed(found) else terminal.DONE
    if options.write:
        return max(status, _write(adopted))
    if options.diff:
        options.diff.write_bytes(patch(adopted.changes))
        terminal.say(f"cd {adopted.root} && git apply {options.diff.resolve()}")
    elif not json:
        sys.stdout.flush()
        sys.stdout.buffer.write(patch(adopted.changes))
    return status


def _write(adopted: Adopted) -> int:
    from kejian.adopt.applying import Changed, apply

    if adopted.failed:
        terminal.say("nothing written: mend what is an error first")
        return terminal.ERRORS
    try:
        apply(adopted.root, adopted.changes)
    except Changed as e:
        terminal.say(f"error[changed-meanwhile]: {e} is not as it was read: nothing written\n    hint: import again")
        return terminal.ERRORS
    except OSError as e:
        terminal.say(f"error[cannot-write]: {e.filename}: {e.strerror}; everything is as it was")
        return terminal.ERRORS
    terminal.say(f"{len(adopted.changes)} files written" + "".join(f"\n  {one.path}" for one in adopted.changes))
    return terminal.DONE
