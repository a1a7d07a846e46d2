"""Calls that share an import: none of them feels what another one does."""

import os

import pytest

from kejian.examples.answers import Limits
from kejian.examples.run.subprocesses import ChildCall, run

SHARED = """
import os
import threading

print("imported")
NUMBERS = [3, 1, 2]


def first():
    return NUMBERS


def sorts():
    NUMBERS.sort()
    return NUMBERS


def dies():
    os._exit(7)


def process():
    return os.getppid()
"""
THREADS = SHARED + "\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"
BROKEN = SHARED + "\nraise KeyError('broken')\n"


@pytest.fixture
def values(tmp_path):
    """The answers to calls, without arguments, of functions of a module with this text."""
    (tmp_path / "cache").mkdir()

    def asked(text, *names):
        (tmp_path / "course").mkdir(exist_ok=True)
        (tmp_path / "course" / "shared.py").write_text(text, "utf-8")
        calls = [ChildCall(module="shared", name=name, format="") for name in names]
        return run(tmp_path / "course", calls, (), tmp_path / "cache", Limits())

    return asked


@pytest.mark.parametrize("text", [SHARED, THREADS], ids=["forked", "with threads"])
def test_each_value_runs_in_a_process_of_its_own(values, text):
    found = values(text, "sorts", "first", "sorts")
    assert [one.value for one in found] == ["[1, 2, 3]", "[3, 1, 2]", "[1, 2, 3]"]
    assert {one.printed for one in found} == {"imported\n"}
    assert {one.trace.loaded for one in found} == {(("shared", "shared.py"),)}
    assert [one.trace.ran for one in found] == [(("shared.py", name),) for name in ("sorts", "first", "sorts")]


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="the system does not tell how many threads there are")
def test_the_import_is_done_once_where_it_starts_no_thread(values):
    assert len({one.value for one in values(SHARED, "process", "process", "process")}) == 1


def test_dying_value_is_the_only_one_without_an_answer(values):
    first, dead, last = values(SHARED, "first", "dies", "first")
    assert (first.value, last.value) == ("[3, 1, 2]", "[3, 1, 2]")
    assert dead.error["message"] == "the process ended without an answer"


def test_what_breaks_the_import_is_told_by_each(values):
    assert [one.error["type"] for one in values(BROKEN, "first", "sorts")] == ["KeyError", "KeyError"]
