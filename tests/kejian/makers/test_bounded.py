"""Pieces of work that may not end: the others are done, and those are told."""

import gc
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from kejian.makers.bounded import apart, bounded


def work(piece):
    """As pieces say: some never end, in several ways."""
    if piece == "loop":
        while True:
            pass
    if piece == "pattern":
        re.match(r"(a*)*b", "a" * 60)
    if piece == "deaf":
        while True:
            try:
                time.sleep(0)
            except TimeoutError:
                return "heard nothing"
    if piece == "garbage":
        while True:
            knot = []
            knot.append(knot)
    if piece == "dies":
        raise SystemExit(3)
    return piece.upper()


def here(pieces):
    return list(bounded(work, pieces, 0.3))


def in_a_thread(pieces):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(here, pieces).result()


@pytest.mark.parametrize("run", [here, in_a_thread])
def test_tasks_that_end_are_done(run):
    assert run(["a", "b"]) == ["A", "B"]
    assert run([]) == []


@pytest.mark.parametrize("run", [here, in_a_thread])
@pytest.mark.parametrize("endless", ["loop", "pattern", "deaf"])
def test_endless_task_is_reported_and_the_rest_is_done(run, endless):
    assert run(["a", endless, "b", endless]) == ["A", None, "B", None]


def test_time_that_is_up_is_not_lost_in_what_the_garbage_collector_calls():
    def slow(_phase, _info):
        end = time.process_time() + 0.005
        while time.process_time() < end:
            pass

    gc.callbacks.append(slow)
    try:
        assert here(["garbage", "a"]) == [None, "A"]  # a lost exception would be a warning, which fails
    finally:
        gc.callbacks.remove(slow)
    assert gc.isenabled()


def test_a_process_that_dies_takes_one_piece_with_it():
    assert in_a_thread(["a", "dies", "b"]) == ["A", None, "B"]


def test_nothing_rings_afterwards():
    here(["loop", "a"])
    end = time.process_time() + 1.5
    while time.process_time() < end:
        pass


def test_apart_a_piece_that_ends_its_process_costs_no_other():
    assert list(apart(work, ["a", "dies", "b"], 5)) == ["A", None, "B"]
    assert list(apart(work, [], 5)) == []
