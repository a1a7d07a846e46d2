"""How many cores may be used."""

import json
import os
import subprocess
import sys

import pytest

from kejian.cores import cores


def test_it_is_one_at_least_and_no_more_than_the_machine_has():
    assert 1 <= cores() <= os.cpu_count()


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system cannot keep a process to some cores")
def test_a_process_that_is_kept_to_one_core_has_one():
    words = (
        "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); import kejian.cores as c; print(c.cores())"
    )
    assert json.loads(subprocess.run([sys.executable, "-c", words], capture_output=True, check=True).stdout) == 1


@pytest.mark.parametrize("known, expected", [(5, 5), (None, 1)])
def test_where_a_system_keeps_no_process_to_some_cores_all_count(known, expected):
    system = f"import os; vars(os).pop('sched_getaffinity', None); os.cpu_count = lambda: {known}"
    words = f"{system}; import kejian.cores as c; print(c.cores())"
    assert json.loads(subprocess.run([sys.executable, "-c", words], capture_output=True, check=True).stdout) == expected
