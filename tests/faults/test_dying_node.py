"""The Node process that typesets is killed while it works: what it lost is made again, or said to be missing."""

import contextlib
import subprocess
import time

import psutil
import pytest

from tests.faults.real_builds import children, command, is_well, tree

pytestmark = pytest.mark.slow

FORMULAS = 2000


@pytest.mark.parametrize("times", [1], ids=["once"])
def test_node_dies_among_two_thousand_formulas(warm, tmp_path, times):
    before = tree(warm / "site")
    deck = warm / "slides" / "b.md"
    deck.write_text("<!-- slide -->\n\n# 二\n\n" + " ".join(f"$y_{{{n}}}$" for n in range(FORMULAS)), "utf-8")
    with (tmp_path / "said").open("w") as log:
        process = subprocess.Popen(command(warm), stdout=log, stderr=log)
    killed = 0
    while process.poll() is None:
        for node in children(process, "worker.mjs") if killed < times else ():
            time.sleep(0.7)
            with contextlib.suppress(psutil.NoSuchProcess):  # it was faster
                node.kill()
                killed += 1
        time.sleep(0.02)
    said = (tmp_path / "said").read_text("utf-8")
    assert killed
    assert "Traceback" not in said
    assert (process.returncode, "bad-tex" in said) == (0, False), said
    is_well(warm)
    after = tree(warm / "site")
    assert after["slides/b.html"][1].count(b'<span class="formula" data-tex="y_{') == FORMULAS
    assert after["slides/a.html"] == before["slides/a.html"]
