"""Options of `kejian build` about how it works, rather than what it makes."""

import os
import queue
import signal
import subprocess
import sys
import threading

import pytest

from kejian.cli.main import main
from kejian.core.toolchain import PACKAGE


@pytest.fixture
def course(tmp_path):
    (tmp_path / "slides").mkdir()
    (tmp_path / "kejian.toml").write_text('language = "en"\n', "utf-8")
    (tmp_path / "slides/a.md").write_text("<!-- slide -->\n# One\n\n$x$\n", "utf-8")
    return tmp_path


@pytest.fixture
def watching(course):
    """A build of the course that watches; `heard(word)` waits for a line that has the word."""
    around = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    words = [sys.executable, "-m", "kejian", "build", "--watch", "--no-exec"]
    with subprocess.Popen(words, cwd=course, env=around, stderr=subprocess.PIPE, text=True) as process:
        lines = queue.Queue()
        threading.Thread(target=lambda: [lines.put(line) for line in process.stderr], daemon=True).start()

        def heard(word):
            while word not in (line := lines.get(timeout=60)):
                pass
            return line

        yield process, heard
        process.kill()


def test_a_watching_build_builds_after_each_change_and_ctrl_c_is_its_normal_end(course, watching):
    process, heard = watching
    heard("watching for changes; Ctrl-C ends it")
    assert "One" in (course / "site/slides/a.html").read_text("utf-8")
    (course / "slides/a.md").write_text("<!-- slide -->\n# Two\n", "utf-8")
    assert heard("changed") == "kejian: changed: slides/a.md\n"
    heard("1 deck")
    assert "Two" in (course / "site/slides/a.html").read_text("utf-8")
    (course / "slides/a.md").write_text('<!-- slide -->\n@import "x\n:::\n', "utf-8")
    heard("1 deck")  # whatever is wrong with a deck, the next change is built
    (course / "slides/a.md").write_text("<!-- slide -->\n# Three\n", "utf-8")
    heard("1 deck")
    assert "Three" in (course / "site/slides/a.html").read_text("utf-8")
    process.send_signal(signal.SIGINT)
    heard("no longer watching")
    assert process.wait(30) == 0


def test_what_is_no_folder_cannot_be_watched(tmp_path, capsys):
    assert main(["build", str(tmp_path / "none"), "--watch"]) == 1
    assert "error[no-course]" in capsys.readouterr().err


def test_one_job_makes_the_same(course):
    assert main([str(course), "--jobs", "1", "--quiet"]) == 0
    assert main(["check", str(course), "--jobs", "2"]) == 0


@pytest.mark.parametrize("word", ["0", "-1", "many"])
def test_jobs_are_a_number(word, course, capsys):
    with pytest.raises(SystemExit) as e:
        main([str(course), f"--jobs={word}"])
    assert e.value.code == 2
    assert "type --jobs 1, or more" in capsys.readouterr().err
