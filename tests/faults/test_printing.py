"""`pdf` that is killed, on a full disk, or whose Chromium dies: a PDF is the old or the new one, never half of one.

The next run prints what a first one would.
"""

import contextlib
import os
import random
import resource
import shutil
import subprocess
import sys
import time

import psutil
import pytest

from kejian.browser.chromium import NoBrowserError, executable, launched
from tests.conftest import copied
from tests.faults.real_builds import ROOT, ROUNDS, children, command, gone, start, tree, until, write

pytest.importorskip("playwright.sync_api", reason="pip install playwright to print decks")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("printing"),
    pytest.mark.skipif(not executable(), reason="no Chromium on PATH; apt-get install chromium to print decks"),
]

MOMENTS = random.Random(int.from_bytes(os.urandom(4)))
OLD = {"slides/a.md": "<!-- slide -->\n\n# 旧 $x^2$\n", "slides/b.md": "<!-- slide -->\n\n# 二\n"}
NEW = {"slides/a.md": "<!-- slide -->\n\n# 新 $x^3$\n"}
IN_THE_MIDDLE = """
import os, signal, sys
from kejian.cli.main import main
from kejian.core.disk.open_folder import OpenFolder
whole = OpenFolder.create
def create(folder, name, data, mode=None):
    if not data.startswith(b"%PDF"):
        return whole(folder, name, data, mode)
    whole(folder, name, data[: len(data) // 2], mode)
    os.kill(os.getpid(), signal.SIGKILL)
OpenFolder.create = create
main(["pdf", sys.argv[1]])
"""


def printed(root):
    """What `pdf` makes of a course, all that is in the folder."""
    done = subprocess.run(command(root, "pdf"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return tree(root / "pdf")


@pytest.fixture(scope="module")
def prints(tmp_path_factory):
    """A course with the PDFs that it gave, then a deck was edited; those PDFs, and those that it gives now."""
    root = write(tmp_path_factory.mktemp("printing") / "course", OLD)
    old = printed(root)
    write(root, NEW)
    new = printed(shutil.copytree(root, root.parent / "new" / "course", ignore=shutil.ignore_patterns("pdf", ".*")))
    assert new.keys() == old.keys() == {"slides", "slides/a.pdf", "slides/b.pdf"}
    assert new["slides/a.pdf"] != old["slides/a.pdf"]
    return root, old, new


@pytest.fixture
def course(prints, tmp_path):
    """The course, to be harmed."""
    return copied(prints[0], tmp_path / "course")


def holds_old_or_new(root, prints):
    found, (_, old, new) = tree(root / "pdf"), prints
    assert found.keys() == old.keys()
    assert [path for path in found if found[path] not in (old[path], new[path])] == []
    return found


@ROUNDS
def test_killed_at_random_moments_and_while_it_writes(course, prints):
    """In the end it prints what it should, and its cache holds nothing half-written."""
    for _ in range(3):
        process = start(course, "pdf")
        moment = MOMENTS.uniform(0, 3)
        time.sleep(moment)
        started = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        process.kill()
        process.communicate()
        assert gone(started), f"killed after {moment:.3f} s"
    before = holds_old_or_new(course, prints)
    words = [sys.executable, "-c", IN_THE_MIDDLE, course]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == -9, done.stderr
    assert len(list((course / ".kejian" / "aside").glob(".new-*"))) == 1
    assert tree(course / "pdf") == before
    assert printed(course) == prints[2]
    assert not list((course / ".kejian").rglob(".new-*"))


def test_a_full_disk(course, prints):
    small = len(prints[1]["slides/a.pdf"][1]) // 2
    process = start(course, "pdf")
    while "printing slides/b.md" not in process.stderr.readline():  # each deck has a browser of its own
        assert process.poll() is None
    until(lambda: children(process, "chrom"))
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (small, small))
    said = process.communicate(timeout=60)[1]
    assert (process.returncode, "Traceback" in said) == (1, False), said
    assert "File too large" in said
    assert tree(course / "pdf") == prints[1]


def asked_after_its_death(word):
    """Chromium is asked for something after its processes with this word have been killed."""
    with launched() as browser:
        page = browser.new_page()
        page.goto("data:text/html,1")
        for one in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):  # it has ended with another
                if word in " ".join(one.cmdline()):
                    one.kill()
        page.evaluate("1")


@pytest.mark.parametrize("word", ["chrom", "--type=renderer"], ids=["all of it", "the page"])
def test_chromium_dies(word):
    with pytest.raises(NoBrowserError, match="Chromium ended before it was done"):
        asked_after_its_death(word)
