"""`kejian lsp`, where its packages are not installed, and where its input ends at once."""

import subprocess
import sys
from pathlib import Path

import pytest

from kejian.cli.main import main

ROOT = Path(__file__).parents[3]


def test_what_is_missing_is_named_with_what_to_type(monkeypatch, capsys):
    for name in [name for name in sys.modules if name.startswith("kejian.editor")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    assert main(["lsp"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "error[not-set-up]: an editor needs the package lsprotocol" in said.err
    assert 'hint: pip install "kejian[editor]"' in said.err


@pytest.mark.slow
@pytest.mark.parametrize("sent", [b"", b"Content-Length: 9\r\n\r\nnot json!", b"\r\n\r\n\xff"])
def test_input_that_ends_or_is_no_request_ends_it_without_a_word_among_the_answers(sent):
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "lsp", "--stdio"],
        input=sent,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == b"" or done.stdout.startswith(b"Content-Length: ")
    assert done.returncode == 0
