"""Examples that do not want to end, and whose children do not either."""

import signal
import time

import psutil
import pytest

from tests.faults.real_builds import children, end, gone, is_well, run, start, tree, until

pytestmark = pytest.mark.slow

DEAF = """
    import os
    import signal

    for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    for _ in range(2):
        os.fork()  # four in all, and none that listens
    while True:
        time.sleep(0.1)
"""


@pytest.fixture
def deaf(warm):
    shown = warm / "demo_examples" / "shown.py"
    text = shown.read_text("utf-8")
    shown.write_text(text.replace("    time.sleep(0.3)\n", DEAF.lstrip("\n")), "utf-8")
    yield warm
    shown.write_text(text, "utf-8")
    deck = warm / "slides" / "a.md"
    deck.write_text(deck.read_text("utf-8").replace(" timeout=2", ""), "utf-8")
    is_well(warm)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=lambda how: how.name)
@pytest.mark.parametrize("word", ["build", "check"])
def test_deaf_example_ends_with_its_command(deaf, word, how):
    process = start(deaf, word)
    try:
        until(lambda: len(children(process, "child.py")) >= 4)
        time.sleep(0.2)
        started = children(process, "child.py")
        process.send_signal(how)
        said = process.communicate(timeout=60)[1]
    finally:
        end(process)
    assert gone(started)
    assert "Traceback" not in said
    assert ("interrupted: the site is as it was" in said) == (how == signal.SIGINT)


def test_deaf_example_ends_at_its_timeout(deaf):
    before = tree(deaf / "site")
    deck = deaf / "slides" / "a.md"
    deck.write_text(deck.read_text("utf-8").replace('"text" cmd=true', '"text" cmd=true timeout=2'), "utf-8")
    done = run(deaf, timeout=60)
    assert done.returncode == 1
    assert "ran longer than 2 s" in done.stderr
    assert not [p for p in psutil.process_iter(["cmdline"]) if str(deaf) in " ".join(p.info["cmdline"] or ())]
    assert tree(deaf / "site") == before
