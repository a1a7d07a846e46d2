"""Two builds and a server on one course at once, while it is being edited."""

import time

import pytest

from tests.conftest import SOAK
from tests.faults.real_builds import ROUNDS, end, is_well, start

pytestmark = pytest.mark.slow


def wordless(text):
    """No complaint in what a command said."""
    return "Traceback" not in text and "error" not in text.replace("0 errors", "")


@ROUNDS
def test_two_builds_and_a_server(warm, tmp_path):
    with (tmp_path / "served").open("w") as log:
        server = start(warm, "serve", "--port", "0")
        try:
            deck = warm / "slides" / "b.md"
            shown = warm / "demo_examples" / "shown.py"
            for number in range(4 if SOAK else 2):
                deck.write_text(f"<!-- slide -->\n\n# 第 {number} 版\n\n$n^{number}$\n", "utf-8")
                shown.write_text(shown.read_text("utf-8") + f"\n\n# {number}\n", "utf-8")
                builds = [start(warm) for _ in range(2)]
                time.sleep(0.3)
                deck.write_text(f"<!-- slide -->\n\n# 改 {number}\n\n$m^{number}$\n", "utf-8")
                for build in builds:
                    said = build.communicate(timeout=120)[1]
                    assert build.returncode == 0, said
                    assert wordless(said)
            server.terminate()
            log.write(server.communicate(timeout=180)[1])
        finally:
            end(server)
    served = (tmp_path / "served").read_text()
    assert "built: 0 findings" in served
    assert wordless(served)
    is_well(warm)
