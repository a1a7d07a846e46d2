"""One at a time: real threads and a real process."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kejian.core.disk.locks import locked, unused

ROOT = Path(__file__).parents[4]
HOLD = """
import sys, time
from pathlib import Path
from kejian.core.disk.locks import locked
with locked(Path(sys.argv[1])):
    print("in", flush=True)
    time.sleep(600)
"""


def entering(folder, **how):
    """A thread that enters and leaves, alone unless it shares, and the event that it is in."""
    entered = threading.Event()

    def enter():
        with locked(folder, **how):
            entered.set()

    thread = threading.Thread(target=enter, daemon=True)
    thread.start()
    return thread, entered


@pytest.mark.parametrize("mine, other", [(False, False), (False, True), (True, False)])
def test_exclusive_lock_blocks_a_second_holder(tmp_path, mine, other):
    with locked(tmp_path, shared=mine):
        thread, entered = entering(tmp_path, shared=other)
        assert not entered.wait(0.1)
    thread.join()
    assert entered.is_set()


def test_exclusive_lock_blocks_a_shared_one(tmp_path):
    with locked(tmp_path):
        assert not entering(tmp_path)[1].wait(0.1)


def test_shared_locks_do_not_block_each_other(tmp_path):
    with locked(tmp_path, shared=True):
        thread, entered = entering(tmp_path, shared=True)
        thread.join()
        assert entered.is_set()


def test_lock_is_released_after_an_exception(tmp_path):
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        _ = 1 / 0
    entering(tmp_path)[0].join()


def test_locking_a_missing_folder_is_a_no_op(tmp_path):
    with locked(tmp_path / "gone"), locked(tmp_path / "gone"):
        assert not (tmp_path / "gone").exists()


def test_unlocked_folder_is_unused(tmp_path):
    with unused(tmp_path) as free:
        assert free is True
        thread, entered = entering(tmp_path, shared=True)
        assert not entered.wait(0.1)
    thread.join()


@pytest.mark.parametrize("shared", [True, False])
def test_locked_folder_is_in_use(tmp_path, shared):
    with locked(tmp_path, shared=shared), unused(tmp_path) as free:
        assert free is False


def test_use_of_a_missing_folder_is_unknown(tmp_path):
    with unused(tmp_path / "gone") as free:
        assert free is None


def test_lock_leaves_no_file_open(tmp_path):
    """A preview that builds all day would run out of them."""
    opened = Path("/proc/self/fd")
    before = len(list(opened.iterdir()))
    for _ in range(9):
        with locked(tmp_path):
            pass
        with unused(tmp_path):
            pass
        with locked(tmp_path), unused(tmp_path):
            pass
    assert len(list(opened.iterdir())) == before


def test_a_lock_ends_with_the_process_that_holds_it(tmp_path):
    command = [sys.executable, "-c", HOLD, tmp_path]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "in\n"
        with unused(tmp_path) as free:
            assert free is False
        holder.kill()
        holder.wait()
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with unused(tmp_path) as free:
                if free:
                    return
            time.sleep(0.01)
    pytest.fail("the lock outlived its process")
