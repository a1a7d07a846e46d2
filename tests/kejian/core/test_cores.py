"""How many cores may be used."""

import json
import os
import subprocess
import sys

import pytest

from kejian.core.cores import at_most, cores


def test_cores_are_between_one_and_those_of_the_machine():
    assert 1 <= cores() <= os.cpu_count()


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system cannot keep a process to some cores")
def test_a_process_that_is_kept_to_one_core_has_one():
    words = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); "
    words += "import kejian.core.cores as c; print(c.cores())"
    assert json.loads(subprocess.run([sys.executable, "-c", words], capture_output=True, check=True).stdout) == 1


@pytest.mark.parametrize("known, expected", [(5, 5), (None, 1)])
def test_without_affinity_all_cores_count(known, expected):
    system = f"import os; vars(os).pop('sched_getaffinity', None); os.cpu_count = lambda: {known}"
    words = f"{system}; import kejian.core.cores as c; print(c.cores())"
    assert json.loads(subprocess.run([sys.executable, "-c", words], capture_output=True, check=True).stdout) == expected


def test_a_limit_counts_within_and_the_innermost_smallest():
    before = cores()
    with at_most(1), at_most(0), at_most(99):
        assert cores() == 1
    assert cores() == before
