"""A build in a terminal: bars while it works, lines that remain; plain lines wherever no terminal is."""

import os
import re
import socket
import subprocess
import sys

import pytest

from kejian.cli.progress_bars import TerminalProgress
from kejian.cli.terminal import echo
from kejian.core.toolchain import PACKAGE

DECK = """<!-- slide -->
# 卷积

@import "../examples/a.py" {symbol="shown" cmd=true}

看 $x^2$ ![x](no.png)
"""
CODE = "import time\n\n\ndef shown():\n    time.sleep(0.5)\n    print(3)\n"
REPORT = "import sys; from kejian.cli.main import main; main(sys.argv[1:]); print('rich' in sys.modules)"


@pytest.fixture
def course(tmp_path):
    for path, text in {"slides/a.md": DECK, "examples/__init__.py": "", "examples/a.py": CODE}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "en_GB.UTF-8", "C"])
def test_a_terminal_shows_what_is_made_and_how_long_it_took(course, in_terminal, locale):
    screen = in_terminal("-m", "kejian", "build", cwd=course, LC_ALL=locale)
    assert screen.status == 0
    assert re.search(r"making formulas [━ ]{20} 0/1 0:00:00", screen.plain)
    assert re.search(r"running a.shown +[━ ]{20} +0:00:00", screen.plain)
    remain = [re.sub(r"[\d.]+ s$", "SECONDS", line) for line in screen.lines if line.startswith("kejian: ")]
    assert {
        "kejian: making formulas: 1 — SECONDS",
        "kejian: running a.shown: never ran — SECONDS",
    } <= set(remain)
    assert not [line for line in screen.lines if "━" in line]
    assert "    看 $x^2$ ![x](no.png)\n                  ^\n    hint: " in screen.plain
    assert "\x1b[1m\x1b[33mwarning\x1b[0m\x1b[33m[missing-picture]:" in screen.written
    assert screen.written.endswith("\n")
    assert screen.written.count("\x1b[?25l") == screen.written.count("\x1b[?25h") > 0  # the cursor is back


def test_no_color_leaves_bars_without_colours(course, in_terminal):
    screen = in_terminal("-m", "kejian", "build", "--no-exec", cwd=course, NO_COLOR="1")
    assert "making formulas" in screen.plain
    assert "━" in screen.plain
    assert not [code for code in ("\x1b[3", "\x1b[1m", "\x1b[0m") if code in screen.written]


@pytest.mark.parametrize("variables", [{"TERM": "dumb"}, {"CI": "true"}])
def test_where_no_bar_can_be_drawn_or_is_watched_there_are_lines(course, in_terminal, variables):
    screen = in_terminal("-m", "kejian", "build", "--no-exec", cwd=course, **variables)
    assert "kejian: making formulas: 1\n" in screen.written
    assert "\x1b" not in screen.written


def test_a_build_with_nothing_to_do_is_coloured_and_never_imports_rich(course, in_terminal):
    first, again = (in_terminal("-c", REPORT, "build", "--no-exec", cwd=course) for _ in range(2))
    assert "True" in first.lines
    assert "making" not in again.plain
    assert "False" in again.lines
    (course / "slides/a.md").write_text("<!-- slide -->\n![x](no.png)\n", "utf-8")
    first, again = (in_terminal("-c", REPORT, "build", cwd=course) for _ in range(2))
    assert "0 files new" in again.plain
    assert "\x1b[33mwarning" in again.written
    assert "False" in again.lines


def test_each_line_on_a_pipe_is_one_write(course):
    """A socket that keeps records apart has one for each write."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    around = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "PYTHONUNBUFFERED": "1"}
    words = [sys.executable, "-m", "kejian", "build", "--no-exec"]
    with ours, subprocess.Popen(words, cwd=course, env=around, stderr=theirs, stdout=subprocess.DEVNULL) as process:
        theirs.close()
        written = [data.decode() for data in iter(lambda: ours.recv(1 << 16), b"")]
    assert process.returncode == 0
    assert "kejian: making formulas: 1\n" in written
    assert all(part.endswith("\n") for part in written), written
    assert "\x1b" not in "".join(written)


def test_json_is_alone_on_standard_output(course, in_terminal):
    screen = in_terminal("-m", "kejian", "build", "--no-exec", "--format", "json", cwd=course)
    assert screen.written.startswith("[\n  {")


def test_rows_of_tasks_that_were_given_up_leave_with_the_progress(capsys):
    with TerminalProgress(echo) as progress:
        given_up, done = progress.begin("one: why", 3, bar_only=False), progress.begin("two", 0, bar_only=True)
        given_up.advance()
        done.end()
        progress("said meanwhile")
    given_up.advance()
    given_up.end()
    assert "kejian: said meanwhile\n" in capsys.readouterr().err
