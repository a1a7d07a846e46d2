"""Commands as they are typed: in a terminal of their own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kejian.core.toolchain import PACKAGE

_PAINT = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\?25[lh]")
_MOVE = re.compile(r"\r|\n|\x1b\[1A|\x1b\[2K|[^\r\n\x1b]+")


class Screen:
    """What a command has written to a terminal, and its exit status."""

    def __init__(self, written, status):
        self.written, self.status = written.replace("\r\n", "\n"), status

    @property
    def plain(self):
        """All that was written, without colours."""
        return _PAINT.sub("", self.written)

    @property
    def lines(self):
        """The lines that remain, of a terminal of any width."""
        lines, at, column = [""], 0, 0
        for move in _MOVE.findall(self.plain):
            if move == "\n":
                at, column = at + 1, 0
                lines += [""] * (at == len(lines))
            elif move == "\r":
                column = 0
            elif move == "\x1b[1A":
                at -= 1
            elif move == "\x1b[2K":
                lines[at] = ""
            else:
                lines[at] = lines[at][:column].ljust(column) + move + lines[at][column + len(move) :]
                column += len(move)
        return lines


@pytest.fixture
def in_terminal():
    """Run this Python with arguments in a pseudo-terminal, with these variables of the environment."""

    def run(*words, cwd=".", **variables):
        ours, theirs = os.openpty()
        around = {name: text for name, text in os.environ.items() if name not in ("CI", "NO_COLOR")}
        around |= {"PYTHONPATH": str(PACKAGE.parent), "TERM": "xterm-256color", "COLUMNS": "100"} | variables
        command = [sys.executable, *map(str, words)]
        process = subprocess.Popen(command, cwd=Path(cwd), env=around, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        written = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
        return Screen(written.decode(), process.wait())

    return run


def _read(terminal):
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # on Linux, how a terminal ends
        return b""
