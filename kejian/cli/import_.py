"""`kejian import`: reviews decks written for Markdown Preview Enhanced, and offers a rewritten version as a patch."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kejian.cli import terminal
from kejian.core.progress import counted

if TYPE_CHECKING:
    from kejian.migrate.plan import ImportPlan


def add(commands: terminal.Commands) -> None:
    """Register the subcommand and its options."""
    parser = commands.add_parser("import", help="judge decks for other programs, and offer to rewrite them")
    parser.add_argument(
        "path", nargs="?", type=Path, default=Path(), metavar="DECK", help="a deck, a notebook, a .pptx, or a course"
    )
    terminal.add_output_options(parser)
    parser.add_argument("--run", action="store_true", help="try the new examples; those that fail are to be filled in")
    fetch = "download the pictures that decks show from other hosts, once, into assets/"
    parser.add_argument("--fetch", action="store_true", help=fetch)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--diff", type=Path, metavar="FILE", help="write the patch there; default: standard output")
    where.add_argument("--write", action="store_true", help="change the files, all of them or none")


def run(options: argparse.Namespace) -> int:
    """Print findings, statistics and a patch; only with `--write` are the changes applied."""
    from kejian.core.diagnostics import failed, strict
    from kejian.core.disk.output_folder import output_folder
    from kejian.migrate.fetch import FOLDER, hosts
    from kejian.migrate.patch import patch
    from kejian.migrate.plan import adopt

    json = options.format == "json"
    with terminal.progress(quiet=json) as said:
        adopted = adopt(options.path, said, execute=options.run, fetch=options.fetch)
    found = strict(adopted.diagnostics) if options.strict else list(adopted.diagnostics)
    if json:
        terminal.print_diagnostics_as_json(found, adopted.root)
    else:
        terminal.print_diagnostics(found, adopted.root)
        for path, words in adopted.used:
            terminal.echo(f"{path} uses {words}")
        terminal.echo(adopted.summary())
        if adopted.remote:
            terminal.echo(f"pictures of other hosts: {hosts(adopted.remote)}; --fetch downloads them into {FOLDER}/")
    status = terminal.ERRORS if failed(found) else terminal.DONE
    if options.write:
        return max(status, _write(adopted))
    if options.diff:
        folder, name = output_folder(options.diff, adopted.root)
        folder.replace(name, patch(adopted.changes))
        terminal.echo(f"cd {adopted.root} && git apply {options.diff.resolve()}")
    elif not json:
        sys.stdout.flush()
        sys.stdout.buffer.write(patch(adopted.changes))
    return status


def _write(adopted: ImportPlan) -> int:
    from kejian.migrate.apply import FileChangedError, apply

    if adopted.failed:
        terminal.echo("nothing written: fix what is an error first")
        return terminal.ERRORS
    try:
        apply(adopted.root, adopted.changes)
    except FileChangedError as e:
        terminal.echo(f"error[changed-meanwhile]: {e} is not as it was read: nothing written\n    hint: import again")
        return terminal.ERRORS
    except OSError as e:
        terminal.echo(f"error[cannot-write]: {e.filename}: {e.strerror}; everything is as it was")
        return terminal.ERRORS
    terminal.echo(
        f"{counted(len(adopted.changes), 'file')} written" + "".join(f"\n  {one.path}" for one in adopted.changes)
    )
    return terminal.DONE
