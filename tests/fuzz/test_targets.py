"""Any bytes give a deck, a value or findings that point to their place: never a traceback, never a hang."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import SOAK
from tests.fuzz.strategies import inputs
from tests.fuzz.targets import TARGETS

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
SECONDS = 600 if SOAK else 2
SEED = 0 if SOAK else 1
"""What is fuzzed for a moment is the same each time, so that no change is blamed for what another one did."""


@pytest.mark.parametrize("name", TARGETS)
def test_pieces_glued_together(name):
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(inputs(name))
    def holds(data):
        TARGETS[name](data)

    holds()


@pytest.mark.parametrize("name", ["parse", "attributes", "macros", "texmacros", "frontmatter", "quote", "compare"])
def test_the_same_bytes_give_the_same(name):
    @settings(deadline=None, max_examples=20)
    @given(inputs(name))
    def holds(data):
        assert TARGETS[name](data) == TARGETS[name](data)

    holds()


@pytest.mark.parametrize("name", TARGETS)
def test_the_kept_corpus(name):
    """Inputs that reached code which nothing reached before, and those that once failed."""
    kept = sorted((CORPUS / name).iterdir())
    assert kept
    for path in kept:
        TARGETS[name](path.read_bytes())


def test_the_corpus_is_small():
    files = [path for path in CORPUS.rglob("*") if path.is_file()]
    assert {path.parent.name for path in files} == set(TARGETS)
    assert sum(path.stat().st_size for path in files) < 300_000


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_guided_by_coverage(name, tmp_path):
    pytest.importorskip("atheris", reason="atheris has wheels for Linux only")
    command = [sys.executable, str(HERE / "run.py"), name, "--seconds", str(SECONDS), "--seed", str(SEED)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace")
    failed = [path.read_bytes() for path in tmp_path.iterdir()]
    assert done.returncode == 0, f"{failed}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"


@given(st.binary(max_size=200))
def test_a_file_that_is_no_text_is_no_deck(data):
    deck = TARGETS["open"](data)
    if b"\0" in data:
        assert deck.diagnostics
