"""Where the system lets a process open few files: one line that says so, whatever was asked for."""

import shlex
import subprocess

import pytest

from kejian.core import refused
from tests.faults.real_builds import command, tree

pytestmark = pytest.mark.slow

LEAKS = """
def text():
    kept = []
    while True:
        kept.append(open(__file__))


def fine():
    print("fine")
"""


def limited(root, number, *words):
    """A command under a limit that it cannot raise."""
    line = shlex.join(map(str, command(root, *words)))
    return ["sh", "-c", f"ulimit -n {number} && exec {line}"]


def course(root):
    files = {
        "slides/a.md": '<!-- slide -->\n\n# 一 $x^2$\n\n@import "../demo_examples/m.py" {symbol=fine cmd=true}\n',
        "demo_examples/__init__.py": "",
        "demo_examples/m.py": LEAKS,
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


@pytest.mark.parametrize("number", [8, 16, 32, 63])
@pytest.mark.parametrize("words", [["build"], ["check"], ["serve", "--port", "0"]], ids=lambda words: words[0])
def test_too_few_files_is_reported_as_such(tmp_path, words, number):
    root = course(tmp_path / "course")
    before = tree(root)
    done = subprocess.run(limited(root, number, *words), capture_output=True, text=True, timeout=120)
    told = f"the system lets a process open only {number} files; type `ulimit -n 1024`, then the command again"
    assert done.stderr == f"kejian: error[cannot-go-on]: {told}\n"
    assert done.returncode == 1
    assert tree(root) == before


def test_required_number_of_files_is_enough(tmp_path):
    root = course(tmp_path / "course")
    done = subprocess.run(limited(root, refused.LEAST), capture_output=True, text=True, timeout=300)
    assert (done.returncode, "Too many open files" in done.stderr) == (0, False), done.stderr


def test_a_low_limit_that_may_be_raised_is_raised(tmp_path):
    root = course(tmp_path / "course")
    line = shlex.join(map(str, command(root, "build")))
    done = subprocess.run(["bash", "-c", f"ulimit -S -n 16; exec {line}"], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr


def test_an_example_that_opens_too_many_says_how_many_that_are(tmp_path):
    root = course(tmp_path / "course")
    deck = root / "slides" / "a.md"
    deck.write_text(deck.read_text("utf-8").replace("symbol=fine", "symbol=text"), "utf-8")
    done = subprocess.run(limited(root, 256, "build"), capture_output=True, text=True, timeout=200)
    assert done.returncode == 1
    assert "OSError: [Errno 24] Too many open files" in done.stderr
    assert "(the system lets a process open only 256 files" in done.stderr
    assert "Traceback" not in done.stderr
