"""What a killed command leaves in the course's cache is swept by the next; what a running one uses is not."""

import pytest

from tests.faults.real_builds import children, end, is_well, run, start, until

pytestmark = pytest.mark.slow


def leftovers(root):
    cache = root / ".kejian"
    return [path.name for path in (*cache.glob("cold-*"), *cache.glob("*/.new-*"), *cache.glob("cache/??/.new-*"))]


@pytest.fixture
def endless(warm):
    shown = warm / "demo_examples" / "shown.py"
    text = shown.read_text("utf-8")
    shown.write_text(text.replace("sleep(0.3)", "sleep(60)"), "utf-8")
    yield warm
    shown.write_text(text, "utf-8")
    is_well(warm)
    assert leftovers(warm) == []


def test_a_check_that_is_killed_is_swept_and_one_that_runs_is_not(endless):
    killed, running = start(endless, "check"), start(endless, "check")
    try:
        until(lambda: all(children(process, "child.py") for process in (killed, running)))
        assert len(leftovers(endless)) == 2
        killed.kill()
        killed.communicate()
        assert run(endless, "build", "--no-exec").returncode == 0
        assert len(leftovers(endless)) == 1
        assert children(running, "child.py")
        running.kill()
        running.communicate()
        assert run(endless, "check", "--no-exec").returncode == 0
    finally:
        end(killed)
        end(running)
    assert leftovers(endless) == []


def test_a_file_that_was_being_written_is_swept_by_a_build(warm):
    folders = [warm / ".kejian" / name for name in ("aside", "seen", "cache/00")]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".new-1-left").write_bytes(b"half")
    assert len(leftovers(warm)) == 3
    (warm / "slides" / "b.md").write_text("<!-- slide -->\n\n# 新\n", "utf-8")
    assert run(warm).returncode == 0
    assert leftovers(warm) == []
