"""A disk that is full, at one byte or another: a message that says so, the site as it was, and the next build clean."""

import resource
import subprocess

import pytest

from tests.conftest import SOAK
from tests.faults.real_builds import command, is_well, run, tree

pytestmark = pytest.mark.slow

SMALL_DISK = """
set -e
mount -t tmpfs -o size=$1 kejian "$2"
cp -a "$3/." "$2"
shift 3
"$@" && status=0 || status=$?
test ! -e "$course/site" || cp -a "$course/site" "$kept"
exit $status
"""


def limited(root, limit, *words):
    def no_larger():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return run(root, *words, preexec_fn=no_larger)


@pytest.mark.parametrize("limit", [0, 400, 20_000, 300_000])
def test_files_cannot_become_as_large_as_they_should(warm, limit):
    before = tree(warm / "site")
    (warm / "slides" / "b.md").write_text("<!-- slide -->\n\n# 新\n\n$z^3$ 龘龙\n", "utf-8")
    done = limited(warm, limit)
    assert "Traceback" not in done.stderr
    if done.returncode:
        assert "error[cannot-go-on]" in done.stderr
        assert "File too large" in done.stderr
        assert tree(warm / "site") == before
    assert limit > 0 or done.returncode == 1
    is_well(warm)


def test_check_says_so_too(course):
    done = limited(course, 0, "check")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    is_well(course)


@pytest.mark.parametrize("kilobytes", [100, 400, 700] if SOAK else [100, 700])
def test_a_small_disk(course, tmp_path, kilobytes):
    """The whole course on a disk of its own, in a mount namespace of its own."""
    if subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.skip(reason="mounting a small disk is not allowed here")
    disk, kept = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    script = [f"{kilobytes}k", disk, course, *command(disk)]
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", f'course="{disk}" kept="{kept}"\n{SMALL_DISK}', "sh", *script],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert not kept.exists()
    is_well(course)
