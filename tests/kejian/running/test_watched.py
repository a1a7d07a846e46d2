"""A child within its limits: a real one."""

import os
import sys

import psutil
import pytest

from kejian.running.watched import run
from tests.kejian.conftest import ended

GIB = 2**30


@pytest.fixture
def child(tmp_path):
    """What becomes of a child that executes the words, and the file where it writes what goes wrong."""
    errors = tmp_path / "stderr"

    def ran(words, seconds=60.0, memory=GIB, stopped=lambda: False):
        return run([sys.executable, "-c", words], dict(os.environ), errors, seconds, memory, stopped)

    ran.errors = errors
    return ran


@pytest.mark.parametrize("status", [0, 3])
def test_one_that_ends_tells_its_status(child, status):
    assert child(f"import sys; print('oh', file=sys.stderr); sys.exit({status})") == ("", status)
    assert child.errors.read_text() == "oh\n"


def test_it_runs_beside_its_errors_and_hears_nobody(child):
    words = "import os, sys; open('told', 'w').write(os.getcwd() + sys.stdin.read())"
    assert child(words) == ("", 0)
    folder = child.errors.parent
    assert (folder / "told").read_text() == os.path.realpath(folder)


STARTS = """
import os, subprocess, sys, time
other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open("new", "w").write(str(other.pid))
os.rename("new", "other")
time.sleep(60)
"""


def test_one_that_nobody_waits_for_is_ended_with_all_that_it_has_started(child):
    file = child.errors.parent / "other"
    others = []

    def stopped():
        if file.exists() and not others:
            others.append(psutil.Process(int(file.read_text())))
        return bool(others)

    reason, status = child(STARTS, stopped=stopped)
    assert (reason, status < 0) == ("it was interrupted", True)
    assert ended(others)


@pytest.mark.parametrize(
    "limits, words",
    [({"seconds": 0.3}, "it ran longer than 0.3 s; raise"), ({"memory": 2**20}, "it took more than 0.0 GiB of memory")],
    ids=["time", "memory"],
)
def test_one_that_takes_too_much_is_ended(child, limits, words):
    reason, status = child("import time; time.sleep(60)", **limits)
    assert reason.startswith(words)
    assert status < 0


def test_the_memory_of_what_it_has_started_counts(child):
    start = "subprocess.run([sys.executable, '-c', 'import time; a = bytearray(200 << 20); time.sleep(60)'])"
    reason, _ = child(f"import subprocess, sys; {start}", memory=150 << 20)
    assert reason == "it took more than 0.1 GiB of memory"
