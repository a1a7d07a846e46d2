"""The process between a build and an example; how real builds end is tests/faults/test_families.py."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kejian.examples.child import kejian_family

FOLDER = Path(kejian_family.__file__).parent


def supervised(code, parent=None):
    """What becomes of a supervisor whose example does this."""
    script = (
        f"import os, signal, sys; sys.path.insert(0, {str(FOLDER)!r})\n"
        f"from kejian_family import supervised\nsupervisor, wait = supervised({parent or os.getpid()})\nwait()\n{code}"
    )
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("code, status", [("os._exit(0)", 0), ("sys.exit(7)", 7), ("raise ValueError", 1)])
def test_supervisor_exits_with_the_status_of_the_example(code, status):
    assert supervised(code).returncode == status


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM, signal.SIGUSR1])
def test_supervisor_dies_by_the_signal_of_the_example(number):
    assert supervised(f"os.kill(os.getpid(), {int(number)})").returncode == -number


def test_the_example_knows_its_supervisor():
    assert supervised("assert os.getppid() == supervisor; assert os.getsid(0) == os.getpid()").returncode == 0


def test_child_ends_if_its_build_is_gone_before_it_starts():
    assert supervised("import time; time.sleep(600)", parent=1 if os.getpid() != 1 else 2).returncode == -signal.SIGKILL


def test_parents():
    assert kejian_family.parent_of(os.getpid()) == os.getppid()
    assert kejian_family.parent_of(2**30) == 0
