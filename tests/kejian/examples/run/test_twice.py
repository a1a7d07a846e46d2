"""A first record is run twice where the example is fast; what differs is a finding at its first import."""

from dataclasses import replace

import pytest

from kejian.examples.run import execute, twice
from kejian.examples.run.grouping import RunContext
from kejian.pipeline.analysis import survey

pytestmark = pytest.mark.slow  # each starts processes

MODULE = """
import random
import time


def same():
    return 1


def moves():
    print(time.perf_counter_ns())


def draws():
    return random.SystemRandom().random()


def waits():
    time.sleep(2.1)
    print(time.perf_counter_ns())
"""
CALLS = ("same", "moves", "draws", "waits")


@pytest.fixture(scope="session")
def ran(tmp_path_factory):
    """The results of a first run of a course's examples, by name, and where they ran."""
    root = tmp_path_factory.mktemp("twice")
    slides = "\n\n".join(f'@import "../nets/m.py" {{symbol="{name}" cmd=true}}' for name in CALLS)
    files = {"nets/__init__.py": "", "nets/m.py": MODULE, "slides/a.md": f"<!-- slide -->\n\n# A\n\n{slides}\n"}
    for path, text in {"kejian.toml": 'examples = "nets"\n', **files}.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, "utf-8")
    said = []
    found = survey(root)
    around = RunContext(
        root=root, code=found.package.paths, cache=root / ".kejian", today="2026-11-24", progress=said.append
    )
    return {result.job.symbol.name: result for result in execute.run(found.jobs, around)}, around, said


def test_what_is_fast_and_new_is_worth_it(ran):
    results, _, _ = ran
    assert [name for name in CALLS if twice.is_worth_it(results[f"m.{name}"])] == ["same", "moves", "draws"]


def test_what_is_on_record_is_not_run_again(ran):
    results, _, _ = ran
    known = results["m.same"]
    assert not twice.is_worth_it(replace(known, job=replace(known.job, known=known.fresh)))


def test_what_differs_is_a_warning_that_names_the_cause(ran):
    results, around, said = ran
    found = {
        job.symbol.name: diagnostic
        for job, diagnostic in twice.differing([results[f"m.{name}"] for name in CALLS[:3]], around)
    }
    assert sorted(found) == ["m.draws", "m.moves"]
    assert {(one.code, one.severity) for one in found.values()} == {("not-reproducible", "warning")}
    assert "nets/m.py:11" in found["m.moves"].message
    assert found["m.draws"].span.path == "slides/a.md"
    assert any("once more, for it is the first time: m.draws, m.moves, m.same" in words for words in said)
