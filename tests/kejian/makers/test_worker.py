"""The Node process, when all goes well and when it does not."""

from dataclasses import replace

import pytest

from kejian.makers.worker import Worker
from kejian.toolchain import Toolchain

FINE = {"kind": "tex", "source": "x", "display": False}
DEADLY = {"kind": "a kind no engine is for", "source": ""}
# Every node linked to every other: more than any layout finishes in a second.
ENDLESS = {
    "kind": "dot",
    "engine": "dot",
    "source": "digraph {" + ";".join(f"{a}->{b}" for a in range(150) for b in range(a)) + "}",
}


@pytest.fixture(scope="module")
def worker(tools):
    return Worker(lambda: tools)


def test_answers_come_in_the_order_of_the_jobs(worker):
    answers = worker.run([{**FINE, "source": f"x_{n}"} for n in range(9)], {})
    assert [answer["mathml"].count(f"<mn>{n}</mn>") for n, answer in enumerate(answers)] == [1] * 9


def test_no_job_needs_no_process():
    assert Worker(lambda: Toolchain(None, None, "")).run([], {}) == []


def test_a_job_that_kills_the_process_is_the_only_one_without_an_answer(worker):
    answers = worker.run([FINE, DEADLY, FINE, FINE], {})
    assert [answer is None for answer in answers] == [False, True, False, False]


def test_so_are_two_of_them(worker):
    answers = worker.run([DEADLY, FINE, DEADLY, FINE], {})
    assert [answer is None for answer in answers] == [True, False, True, False]


@pytest.mark.slow
def test_a_job_that_hangs_is_the_only_one_without_an_answer(worker):
    answers = replace(worker, start_seconds=3, job_seconds=0).run([FINE, ENDLESS, FINE], {})
    assert [answer is None for answer in answers] == [False, True, False]


def test_a_process_that_cannot_even_start_answers_nothing(tools, tmp_path):
    nowhere = replace(tools, folder=tmp_path)
    assert Worker(lambda: nowhere).run([FINE, FINE], {}) == [None, None]


def test_other_code_cannot_be_slipped_in_by_the_environment(worker, monkeypatch):
    monkeypatch.setenv("NODE_OPTIONS", "--require=./nothing-there.cjs")
    assert worker.run([FINE], {})[0] is not None
