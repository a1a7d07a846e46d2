"""The law of the patch: applied to the old files it gives the new ones, by git and by patch."""

import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kejian.migrate.patch import FileChange, patch

TOOLS = {
    "git": ["git", "apply", "-"],
    "check": ["git", "apply", "--check", "-"],
    "patch": ["patch", "-p1", "--no-backup-if-mismatch", "--binary", "-s"],
}
TEXTS = st.lists(st.sampled_from(["a\n", "b\n", "\n", "甲\r\n", "c", "FOOTER x\n"]), max_size=30).map("".join)
PATHS = ["slides/课.md", "a b/c d.py", 'odd "name".txt', "plain.md"]


def applied(tool, root, data):
    return subprocess.run(TOOLS[tool], cwd=root, input=data, capture_output=True, check=False)


def held(root, changes):
    return {change.path: (root / change.path).read_bytes() for change in changes}


def laid(root, changes):
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for change in changes:
        if change.old is not None:
            (root / change.path).parent.mkdir(parents=True, exist_ok=True)
            (root / change.path).write_bytes(change.old)


@pytest.mark.parametrize("tool", ["git", "patch"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.none() | TEXTS, TEXTS.filter(bool)), min_size=1, max_size=len(PATHS)))
def test_applying_it_gives_exactly_the_new_files(tmp_path, tool, contents):
    if shutil.which(tool) is None:
        pytest.skip(reason=f"{tool}, which applies the patch, is not on PATH")
    changes = [
        FileChange(path, None if old is None else old.encode(), new.encode())
        for path, (old, new) in zip(PATHS, contents, strict=False)
        if old != ""  # `patch` takes an empty file for none
    ]
    root = tmp_path / "course"
    laid(root, changes)
    data = patch(changes)
    if not data:
        assert all(change.old == change.new for change in changes)
        return
    if tool == "git":
        subprocess.run(["git", "init", "-q"], cwd=root, check=True)
        assert applied("check", root, data).returncode == 0
    done = applied(tool, root, data)
    assert done.returncode == 0, done.stdout + done.stderr + data
    assert held(root, changes) == {change.path: change.new for change in changes}


def test_unchanged_files_are_not_in_the_patch():
    assert patch([FileChange("a", b"x\n", b"x\n")]) == b""


def test_lines_that_many_slides_share_do_not_make_it_longer():
    footer = "\nFOOTER3 a b c\n\n<!-- slide -->\n"
    old = "".join(f"# {n}{footer}" for n in range(200))
    new = old.replace("# 100\n", "# hundred\n")
    changed = [line for line in patch([FileChange("a", old.encode(), new.encode())]).splitlines() if line[:1] in b"+-"]
    assert changed == [b"--- a/a", b"+++ b/a", b"-# 100", b"+# hundred"]
