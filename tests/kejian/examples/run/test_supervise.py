"""A child within its limits: a real one."""

import os
import sys

import psutil
import pytest

from kejian.examples.run.supervise import run
from tests.kejian.conftest import ended

GIB = 2**30


@pytest.fixture
def child(tmp_path):
    """What becomes of a child that executes the words, and the folder where it does."""

    def ran(words, seconds=60.0, memory=GIB, stopped=lambda: False):
        return run([sys.executable, "-c", words], dict(os.environ), tmp_path, seconds, memory, stopped)

    ran.folder = tmp_path
    return ran


@pytest.mark.parametrize("status", [0, 3])
def test_supervised_process_reports_its_status(child, status):
    assert child(f"import sys; print('oh', file=sys.stderr); sys.exit({status})") == ("", status, b"oh\n")


def test_supervised_process_has_separate_stderr_and_no_stdin(child):
    words = "import os, sys; open('told', 'w').write(os.getcwd() + sys.stdin.read())"
    assert child(words) == ("", 0, b"")
    folder = child.folder
    assert (folder / "told").read_text() == os.path.realpath(folder)


STARTS = """
import os, subprocess, sys, time
other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open("new", "w").write(str(other.pid))
os.rename("new", "other")
time.sleep(60)
"""


def test_abandoned_process_is_ended_with_its_children(child):
    file = child.folder / "other"
    others = []

    def stopped():
        if file.exists() and not others:
            others.append(psutil.Process(int(file.read_text())))
        return bool(others)

    reason, status, _ = child(STARTS, stopped=stopped)
    assert (reason, status < 0) == ("it was interrupted", True)
    assert ended(others)


@pytest.mark.parametrize(
    "limits, words",
    [({"seconds": 0.3}, "it ran longer than 0.3 s; raise"), ({"memory": 2**20}, "it took more than 0.0 GiB of memory")],
    ids=["time", "memory"],
)
def test_process_over_its_limits_is_ended(child, limits, words):
    reason, status, _ = child("import time; time.sleep(60)", **limits)
    assert reason.startswith(words)
    assert status < 0


def test_the_memory_of_what_it_has_started_counts(child):
    start = "subprocess.run([sys.executable, '-c', 'import time; a = bytearray(200 << 20); time.sleep(60)'])"
    reason, _, _ = child(f"import subprocess, sys; {start}", memory=150 << 20)
    assert reason == "it took more than 0.1 GiB of memory; raise `memory` in kejian.toml, or take less"
