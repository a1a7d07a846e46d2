"""Folders that cannot be written to: a message that names the file, and nothing else happens."""

import shutil
import subprocess
import sys

import pytest

from tests.faults.real_builds import ROOT, command, is_well, tree

pytestmark = pytest.mark.slow


def mounted(folder, options, *words):
    """Run a command while `folder` is a mount with these options."""
    if subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.skip(reason="mounting read-only is not allowed here")
    script = 'set -e; mount --bind "$1" "$1"; mount -o "remount,bind,$2" "$1"; shift 2; exec "$@"'
    words = ["unshare", "-rm", "sh", "-c", script, "sh", folder, options, *words]
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)


def read_only(folder, root, *words):
    """Build while `folder` is mounted read-only, which stops root as well."""
    return mounted(folder, "ro", *command(root, "build", *words))


@pytest.mark.parametrize("folder", ["site", ".kejian", "slides/outputs", "."])
def test_unwritable_file_is_named(warm, folder):
    before = tree(warm)
    for path, old, new in (("slides/b.md", "二", "新"), ("demo_examples/shown.py", "61706", "61707")):
        (warm / path).write_text((warm / path).read_text("utf-8").replace(old, new), "utf-8")
    done = read_only(warm / folder, warm)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "error[cannot-go-on]" in done.stderr
    assert "Read-only file system" in done.stderr or "busy" in done.stderr
    assert str(warm) in done.stderr
    after = tree(warm)
    assert {path for path in before if path.startswith("site")} == {path for path in after if path.startswith("site")}
    is_well(warm)


def test_a_course_that_is_read_only_and_was_built_is_still_fine(warm):
    done = read_only(warm, warm)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    is_well(warm)


def test_a_read_only_course_is_checked(warm):
    done = mounted(warm, "ro", *command(warm, "check"))
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert "0 drifted" in done.stderr


def test_a_read_only_clone_is_checked_and_what_drifted_is_told(warm):
    for name in (".kejian", "site"):
        shutil.rmtree(warm / name)
    edited = warm / "demo_examples" / "shown.py"
    edited.write_text(edited.read_text("utf-8").replace("61706", "61707"), "utf-8")
    before = tree(warm)
    done = mounted(warm, "ro", *command(warm, "check"))
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert "1 drifted" in done.stderr
    assert tree(warm) == before


def test_clean_says_that_it_could_not(warm):
    done = mounted(warm / ".kejian", "ro", *command(warm, "clean"))
    assert (done.returncode, "Traceback" in done.stderr, "is empty" in done.stderr) == (1, False, False), done.stderr
    assert "error[cannot-go-on]" in done.stderr
    is_well(warm)


WRITES = """
import sys
from pathlib import Path
from kejian.core.disk.output_folder import OutputFolder
OutputFolder(Path(sys.argv[1])).replace("file", b"whole", Path(sys.argv[1], "aside"))
"""


@pytest.mark.parametrize("options", ["ro", "rw"], ids=["read-only", "another mount"])
def test_without_an_aside_folder_files_are_written_beside(tmp_path, options):
    (tmp_path / "aside").mkdir()
    done = mounted(tmp_path / "aside", options, sys.executable, "-c", WRITES, tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "file").read_bytes() == b"whole"
    assert {path.name for path in tmp_path.rglob("*")} == {"aside", "file"}
