"""Many decks are parsed and drawn by several processes: the same bytes, whatever becomes of those."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time

import psutil
import pytest

from kejian.core.cores import cores
from tests.conftest import copied
from tests.faults.real_builds import ROUNDS, command, gone, start, tree, until, write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(cores() < 2 or sys.platform != "linux", reason="only Linux on several cores forks"),
]

MOMENTS = random.Random(int.from_bytes(os.urandom(4)))
SLIDE = """
<!-- slide vertical={vertical} -->

# 第 {n} 页 😀

设$x_{{{n}}} = {n}$，见[下一讲](../more/{linked}.md)与[^{n}]

{text}

[^{n}]: 脚注

![没有](no-{n}.png)
"""
TEXT = "卷积神经网络的每一层都由**若干特征图**组成，*互相关*与卷积只差一次翻转。\n\n" * 8


@pytest.fixture(scope="module")
def decks(tmp_path_factory):
    """Eight decks of 16 slides, and as many plain pages to which only they lead."""
    files = {}
    for number in range(8):
        slides = (SLIDE.format(n=n, vertical=n % 3 == 1, linked=number, text=TEXT) for n in range(16))
        files[f"slides/{number}.md"] = "".join(slides)
        files[f"more/{number}.md"] = (
            f"# 第 {number} 讲\n\n$y^{number}$，回到[讲义](../slides/{number}.md)\n\n{TEXT * 20}"
        )
    return write(tmp_path_factory.mktemp("many") / "course", files)


@pytest.fixture
def course(decks, tmp_path):
    """The decks as a new checkout."""
    return copied(decks, tmp_path / "course")


@pytest.fixture(scope="module")
def expected(decks, tmp_path_factory):
    """What one process says and publishes."""
    root = copied(decks, tmp_path_factory.mktemp("one core") / "course")
    core = min(os.sched_getaffinity(0))
    return published(root, ["taskset", "-c", str(core), *command(root)])


def published(root, words):
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return findings(done.stderr), tree(root / "site")


def findings(said):
    return [line for line in said.splitlines() if not line.startswith("kejian: ")]


def forked(build):
    """The processes among which a build has dealt out what it does."""
    found = []
    with contextlib.suppress(psutil.Error):  # it has just ended
        own = psutil.Process(build.pid)
        words = own.cmdline()
        for one in own.children():
            with contextlib.suppress(psutil.Error):  # this one has
                found += [one] if one.cmdline() == words else []
    return found


def test_the_bytes_and_the_findings_are_those_of_one_process(course, expected):
    assert published(course, command(course)) == expected


@ROUNDS
@pytest.mark.parametrize("moment", ["as they parse", "as they draw"])
def test_a_process_that_is_killed_costs_nothing_but_time(course, expected, moment):
    build = start(course)
    if moment == "as they draw":
        until(lambda: (course / ".kejian" / "cache").exists())
    until(lambda: forked(build))
    time.sleep(MOMENTS.uniform(0, 0.2))
    victims = forked(build)
    for victim in victims[:1]:
        with contextlib.suppress(psutil.NoSuchProcess):  # it was faster
            victim.kill()
    said = build.communicate(timeout=60)[1]
    assert build.returncode == 0, said
    assert (findings(said), tree(course / "site")) == expected


@ROUNDS
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda how: how.name)
def test_a_build_that_is_ended_ends_them_too(course, expected, how):
    build = start(course, start_new_session=True)
    until(lambda: forked(build))
    time.sleep(MOMENTS.uniform(0, 0.3))
    family = [psutil.Process(build.pid), *forked(build)]
    os.killpg(build.pid, how) if how is signal.SIGINT else build.send_signal(how)
    said = build.communicate(timeout=60)[1]
    assert gone(family)
    assert "Traceback" not in said
    assert not (course / "site").exists() or build.returncode == 0
    assert published(course, command(course)) == expected
