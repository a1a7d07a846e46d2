"""The environment of a build, which a program of the same user does not read; root may read everything."""

import subprocess
import sys

import pytest

READS = """
import ctypes, os, subprocess, sys
sys.path.insert(0, {root!r})
from kejian.core.disk.hidden import hide_environment

if os.getuid() == 0:  # root may read everything: become another user
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # as of a process that has just been started


def read():
    done = subprocess.run(["/bin/cat", f"/proc/{{os.getpid()}}/environ"], capture_output=True)
    return b"hunter2" in done.stdout


before = read()
hide_environment()
print(before, read(), os.environ["SECRET_TOKEN"], len(os.listdir("/proc/self/fd")) > 0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such switch")
def test_the_environment_is_hidden_from_programs_of_the_same_user():
    from pathlib import Path

    code = READS.format(root=str(Path(__file__).parents[4]))
    environment = {"SECRET_TOKEN": "hunter2", "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.stdout == "True False hunter2 True\n", done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such switch")
def test_environment_is_hidden_as_soon_as_examples_run():
    code = "import ctypes; from kejian.examples.run import executors\n"
    code += "with executors.local(): print(ctypes.CDLL(None).prctl(3))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "0\n", done.stderr
