"""One task for many items: the same results whatever becomes of the processes that work them out."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core.cores import cores
from kejian.core.parallel import spread
from tests.kejian.conftest import ended

ROOT = Path(__file__).parents[3]
several = pytest.mark.skipif(cores() < 2 or sys.platform != "linux", reason="only Linux on several cores forks")

TASKS = """
import json, os, signal, sys, threading, time
from kejian.core.parallel import spread

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have had the tests ignore it

def square(n):
    return n * n

def who(n):
    time.sleep(0.05)
    return os.getpid()

def refused(n):
    if n == 3:
        raise ValueError(f"item {n} cannot be done")
    return n

def killed(n):
    if n == 3 and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return n

def unsendable(n):
    return (lambda: n) if n == 3 and os.getpid() != parent else n

def at_work():
    os.write(1, f"{os.getpid()}\\n".encode())

def long(n):
    at_work()
    time.sleep(600)

def wordy(n):
    at_work()
    time.sleep(0.2)
    return "x" * 1_000_000

parent = os.getpid()
"""
"""Tests run beside each other in processes that have threads; these run in one of their own, which has none.

Two processes that say at once where they are do so in one write each: `print` makes two of a line where
PYTHONUNBUFFERED is set, and lines of several processes are then mixed.
"""


def program(words):
    return [sys.executable, "-c", f"{TASKS}\n{words}"]


def said(words):
    done = subprocess.run(program(words), capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stderr == ""
    return json.loads(done.stdout)


@given(st.lists(st.tuples(st.integers(), st.integers(0, 100))))
def test_results_are_in_the_order_of_the_items(items):
    numbers, weights = [n for n, _ in items], [weight for _, weight in items]
    assert spread(lambda n: n + 1, numbers, weights) == [n + 1 for n in numbers]


@several
@pytest.mark.parametrize("task", ["square", "killed", "unsendable"])
def test_results_are_complete_although_a_worker_dies(task):
    expected = [n * n if task == "square" else n for n in range(8)]
    assert said(f"print(json.dumps(spread({task}, range(8), [5, 1, 1, 9, 1, 1, 1, 3])))") == expected


@several
def test_the_processes_are_as_many_as_cores_and_none_is_this_one():
    parent, *pids = said("print(json.dumps([os.getpid(), *spread(who, range(8), [1] * 8)]))")
    assert len(set(pids)) == min(cores(), 8)
    assert parent not in pids


@several
def test_heavy_items_are_dealt_out_first():
    pids = said("print(json.dumps(spread(who, range(4), [1, 9, 1, 9])))")
    assert pids[1] != pids[3]


@several
@pytest.mark.parametrize(
    "words",
    [
        "spread(who, range(8), [1] * 8, 9)",
        "spread(who, [1], [1])",
        "(threading.Thread(target=time.sleep, args=(2,), daemon=True).start(), spread(who, range(8), [1] * 8))[1]",
        "(os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}), spread(who, range(8), [1] * 8))[1]",
    ],
    ids=["less than pays off", "one item", "beside a thread", "on one core"],
)
def test_some_work_is_done_right_here(words):
    assert said(f"print(json.dumps(set({words}) == {{os.getpid()}}))") is True


def test_exception_propagates_without_workers():
    with pytest.raises(ValueError, match="item 3"):
        spread(lambda n: int("item 3"), [1], [1])


@several
def test_exception_in_a_worker_propagates_from_the_parent():
    done = subprocess.run(
        program("spread(refused, range(8), [1] * 8)"), capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 1
    assert done.stderr.endswith("ValueError: item 3 cannot be done\n")
    assert done.stderr.count("Traceback") == 1


@contextmanager
def begun(words):
    """The program in a group of its own, and its processes once all of them are at work. None of them stays."""
    with subprocess.Popen(
        program(words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True
    ) as running:
        try:
            pids = [int(running.stdout.readline()) for _ in range(min(cores(), 8))]
            yield running, [psutil.Process(pid) for pid in pids]
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)


@several
@pytest.mark.parametrize("to_all", [True, False], ids=["of a terminal", "by kill"])
def test_ctrl_c_ends_all_workers_and_is_reported_once(to_all):
    with begun("spread(long, range(8), [1] * 8)") as (running, processes):
        (os.killpg if to_all else os.kill)(running.pid, signal.SIGINT)
        _, told = running.communicate(timeout=60)
        assert told.count("Traceback") == 1
        assert told.endswith("KeyboardInterrupt\n")
        assert ended(processes)


@several
def test_workers_end_when_their_reader_is_gone():
    with begun("spread(wordy, range(800), [1] * 800)") as (running, processes):
        running.kill()
        running.communicate(timeout=60)
        assert ended(processes)


@several
def test_without_fork_all_work_is_done_in_process():
    words = (
        "import resource; before = resource.getrlimit(resource.RLIMIT_NOFILE); "
        "resource.setrlimit(resource.RLIMIT_NOFILE, (3, before[1])); "
        "pids = spread(who, range(8), [1] * 8); "
        "resource.setrlimit(resource.RLIMIT_NOFILE, before); "  # the end of the process may need files
        "print(json.dumps(set(pids) == {os.getpid()}))"
    )
    assert said(words) is True
