"""Clocks that go back, and times that lie ahead: contents decide."""

import os
import py_compile
import shutil
import time

import pytest

from tests.faults.real_builds import built, clean, is_well, run, tree

pytestmark = pytest.mark.slow

BACK = """
import time
now, precise = time.time, time.time_ns
time.time = lambda: now() - 4e8
time.time_ns = lambda: precise() - 4 * 10**17
"""


def set_ahead(root, seconds):
    for path in [root, *root.rglob("*")]:
        os.utime(path, (time.time() + seconds,) * 2)


@pytest.mark.parametrize("seconds", [4e8, -4e8], ids=["the clock went back", "the clock went ahead"])
def test_all_files_are_of_another_time(warm, seconds):
    set_ahead(warm, seconds)
    deck = warm / "slides" / "b.md"
    deck.write_text(deck.read_text("utf-8").replace("二", "三"), "utf-8")
    is_well(warm)
    set_ahead(warm, seconds)
    shutil.rmtree(warm / "site")
    is_well(warm)


def test_a_build_under_a_clock_that_went_back(warm, tmp_path):
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock" / "sitecustomize.py").write_text(BACK)
    deck = warm / "slides" / "b.md"
    deck.write_text(deck.read_text("utf-8").replace("二", "三"), "utf-8")
    done = run(warm, env={**os.environ, "PYTHONPATH": str(tmp_path / "clock")})
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert tree(warm / "site") == clean(warm)
    is_well(warm)


def test_an_edit_that_keeps_size_and_second_of_an_example_shows_what_it_now_does(warm):
    """Python's own bytecode, as a test run leaves it, is known by those alone."""
    shown = warm / "demo_examples" / "shown.py"
    py_compile.compile(str(shown), doraise=True)
    before = shown.stat()
    shown.write_text(shown.read_text("utf-8").replace("61706", "61799"), "utf-8")
    os.utime(shown, ns=(before.st_atime_ns, before.st_mtime_ns))
    built(warm)
    assert "61,799" in (warm / "site" / "slides" / "a.html").read_text("utf-8")
