"""What `kejian serve` prints for a phone; the preview itself is looked at in a browser."""

import contextlib
import os
import pty
import re
import sys

import pytest
import segno

from kejian.cli.main import main
from kejian.cli.serve import print_address

ADDRESS = "http://192.0.2.1:8000/_remote#abcdefgh23"


def test_the_address_is_printed_as_text(capsys):
    print_address(ADDRESS)
    assert capsys.readouterr().err == (
        f"kejian: a phone turns the slides at {ADDRESS}\n    the code counts once, for the first phone that has it\n"
    )


def test_a_terminal_shows_the_address_as_a_code_to_scan(monkeypatch):
    """Each row of letters is two of the code's: what is light has a block, in white on black."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        print_address(ADDRESS)
    shown = b""
    with contextlib.suppress(OSError), os.fdopen(ours, "rb", buffering=0) as screen:
        while part := screen.read(4096):  # an error once all is read: the other end is closed
            shown += part
    rows = re.findall(r"\x1b\[97;40m([ ▀▄█]+)\x1b\[0m", shown.decode())
    light = [[block in blocks for block in row] for row in rows for blocks in ("▀█", "▄█")]
    code = segno.make_qr(ADDRESS).matrix_iter(border=2)
    expected = [[not dark for dark in row] for row in code]
    assert light[: len(expected)] == expected


@pytest.mark.parametrize("host", [[], ["--host", "localhost"]])
def test_a_remote_on_this_machine_alone_is_an_error_that_names_an_address(host, tmp_path, capsys):
    assert main(["serve", str(tmp_path), "--remote", *host]) == 1
    said = capsys.readouterr().err
    assert "error[no-port]: a phone does not reach" in said
    assert re.search(r"serve \S+ --remote --host \d+\.\d+\.\d+\.\d+`", said)
