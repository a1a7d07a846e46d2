"""Faults in the project's own examples, drawn at random: none of those that change a slide stays unseen by a build."""

import os

import pytest

from tests.seeded.faults import Laboratory, possible

COUNT = 200 if "KEJIAN_SOAK" in os.environ else 5


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory):
    return Laboratory(tmp_path_factory.mktemp("seeded"))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(COUNT))
def test_a_fault_that_changes_a_slide_runs_its_example_again_and_is_named(laboratory, number):
    verdict = laboratory.verdict(laboratory.drawn(COUNT)[number])
    assert verdict.kind in ("caught", "equivalent"), str(verdict)


@pytest.mark.slow
def test_the_oracle_sees_a_change_and_repeats_itself(laboratory):
    assert laboratory.shown() == laboratory.before
    (fault,) = [fault for fault in possible("m.py", "SIDE = 28\n") if fault.new == "29"]
    assert str(fault) == "m.py:1: `28` → `29`"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("x = 1\n", ["x = 2", "x = 0"]),
        ("x = 0.5\n", ["x = 1.0", "x = 1.0"]),
        ("x = True\n", ["x = False"]),
        ("x = a + b\n", ["x = a - b"]),
        ("x = a @ b\n", ["x = a * b"]),
        ("x = (a) + b\n", []),
        ("x = a <= b\n", ["x = a < b"]),
        ("x = '好的'\n", ["x = '的'"]),
        ("f()\n", ["pass"]),
        ("'a text'\n", []),
        ("x: Literal[1]\n", []),
        ("def f(a: Array[2]) -> Array[3]:\n    return a\n", ["def f(a: Array[2]) -> Array[3]:\n    return None"]),
    ],
)
def test_the_changes_that_are_drawn_from(text, expected):
    changed = [text[: f.start] + f.new + text[f.start + len(f.old) :] for f in possible("m.py", text)]
    assert [one.rstrip("\n") for one in changed] == expected
