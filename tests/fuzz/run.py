"""Fuzz targets, guided by coverage: `python tests/fuzz/run.py [TARGET ...] [--seconds N] [--keep]`.

Starts from the kept corpus, `tests/fuzz/corpus/TARGET/`, and stops at the first crash, hang or lie, whose input it
leaves in the working folder. `--keep` adds what reached code that the corpus does not reach.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
LONGEST = 4096
"""Bytes of an input."""

HANG = 20
"""Seconds after which an input counts as a hang: a thousand times what the slowest takes, on a busy machine."""

SMALL = 1024
MOST = 40
"""Bytes of an input that is kept, and how many are, each time: the longest ones, which reach furthest."""


def fuzz(name: str, seconds: int, found: str, seed: int) -> None:
    """Fuzz one target in this process, which libFuzzer ends; new inputs go to the folder `found`."""
    import atheris

    with atheris.instrument_imports(include=["kejian", "markdown_it", "mdit_py_plugins"]):
        from tests.fuzz.targets import TARGETS
    target = TARGETS[name]

    def one(data: bytes) -> None:
        target(data)

    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={HANG}", "-rss_limit_mb=2048"]
    options += [f"-seed={seed}", "-verbosity=0", f"-artifact_prefix={name}-"]
    atheris.Setup([sys.argv[0], *options, found, str(CORPUS / name)], one)
    atheris.Fuzz()


def keep(name: str, found: Path) -> int:
    """Add some of the new inputs to the corpus; how many."""
    sizes = {path: path.stat().st_size for path in found.iterdir()}
    small = sorted((path for path in sizes if sizes[path] <= SMALL), key=lambda path: sizes[path])[-MOST:]
    for path in small:
        shutil.copyfile(path, CORPUS / name / path.name[:12])
    return len(small)


def run(name: str, seconds: int, *, kept: bool, seed: int) -> int:
    """Fuzz a target in a child; its exit status."""
    with tempfile.TemporaryDirectory() as found:
        child = multiprocessing.get_context("spawn").Process(target=fuzz, args=(name, seconds, found, seed))
        child.start()
        child.join()
        status = child.exitcode or 0
        new = len(os.listdir(found))
        added = keep(name, Path(found)) if kept and not status else 0
        outcome = "failed" if status else "nothing found"
        print(f"{name}: {outcome}, {new} new inputs, {added} kept", flush=True)  # noqa: T201 -- a script
    return status


def main() -> int:
    """Fuzz the named targets, all by default, one after another."""
    from tests.fuzz.targets import TARGETS

    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("target", nargs="*", default=list(TARGETS))
    words.add_argument("--seconds", type=int, default=60)
    words.add_argument("--seed", type=int, default=0, help="0: another one each time")
    words.add_argument("--keep", action="store_true")
    given = words.parse_args()
    return max(run(name, given.seconds, kept=given.keep, seed=given.seed) for name in given.target)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parents[1]))
    sys.exit(main())
