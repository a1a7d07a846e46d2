"""Commands that are killed, or interrupted, at random moments: the next build equals a clean one."""

import os
import random
import signal
import time

import psutil
import pytest

from tests.faults.real_builds import ROUNDS, built, children, end, gone, is_well, run, start, tree, until

pytestmark = pytest.mark.slow

MOMENTS = random.Random(int.from_bytes(os.urandom(4)))
WORDS = {
    "build": ("build",),
    "check": ("check",),
    "one file": ("build", "--single-file"),
    "room": ("check", "--browser"),
}


def family(process):
    return [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]


@ROUNDS
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_a_command_that_is_killed_at_a_random_moment_leaves_nothing_wrong(course, words):
    for _ in range(2):
        process = start(course, *words)
        moment = MOMENTS.uniform(0, 2.5)
        time.sleep(moment)
        started = family(process)
        process.kill()
        process.communicate()
        assert gone(started), f"killed after {moment:.3f} s"
    is_well(course)


@ROUNDS
@pytest.mark.parametrize("group", [True, False], ids=["with its children", "alone"])
@pytest.mark.parametrize("words", [("build",), ("check",)], ids=" ".join)
def test_ctrl_c_at_a_random_moment_ends_a_command_and_leaves_the_site_as_it_was(warm, words, group):
    before = tree(warm / "site")
    deck = warm / "slides" / "a.md"
    deck.write_text(deck.read_text("utf-8") + "\n".join(f"$x_{{{n}}}$" for n in range(300)), "utf-8")
    shown = warm / "demo_examples" / "shown.py"
    shown.write_text(shown.read_text("utf-8").replace("sleep(0.3)", "sleep(60)"), "utf-8")
    process = start(warm, *words, start_new_session=True)
    until(lambda: psutil.Process(process.pid).cpu_times().user > 0.25)  # Python itself has started, and is told apart
    moment = MOMENTS.uniform(0, 3)
    time.sleep(moment)
    started = family(process)
    os.killpg(process.pid, signal.SIGINT) if group else process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 1, f"interrupted after {moment:.3f} s: {said}"
    assert "interrupted: the site is as it was" in said
    assert "Traceback" not in said
    assert gone(started)
    assert tree(warm / "site") == before
    shown.write_text(shown.read_text("utf-8").replace("sleep(60)", "sleep(0)"), "utf-8")
    is_well(warm)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
def test_a_server_that_is_ended_while_it_works_leaves_nothing_wrong(warm, how):
    shown = warm / "demo_examples" / "shown.py"
    shown.write_text(shown.read_text("utf-8").replace("sleep(0.3)", "sleep(60)"), "utf-8")
    server = start(warm, "serve", "--port", "0")
    try:
        until(lambda: children(server, "child.py"))
        started = family(server)
        server.send_signal(how)
        said = server.communicate(timeout=60)[1]
    finally:
        end(server)
    assert gone(started)
    assert "Traceback" not in said
    shown.write_text(shown.read_text("utf-8").replace("sleep(60)", "sleep(0.3)"), "utf-8")
    is_well(warm)


def test_a_site_that_vanished_between_two_renames_is_put_back(warm):
    before = tree(warm / "site")
    (warm / "site").rename(warm / ".site.old")
    (warm / ".site.new").mkdir()
    (warm / ".site.new" / "half").write_text("x")
    assert run(warm, "build", "--strict", "--out", str(warm / "site")).returncode == 0
    assert tree(warm / "site") == before == built(warm)
    assert not list(warm.glob(".site*"))
