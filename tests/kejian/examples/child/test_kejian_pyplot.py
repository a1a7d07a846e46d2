"""Where figures stand between prints, and which are lost."""

import pytest

from kejian.examples.answers import Limits
from kejian.examples.run.subprocesses import ChildCall, run

CODE = """
import io
import tempfile

import matplotlib.pyplot as plt

FILE = tempfile.gettempdir() + "/saved.png"


def between():
    print("before")
    plt.plot([1, 2])
    plt.show()
    print("between")
    figure, axes = plt.subplots()
    figure.show()
    print("after")
    return figure


def drawn_on():
    figure, axes = plt.subplots()
    plt.show()
    axes.set_title("more")
    return figure


def two():
    plt.figure(1)
    plt.figure(2)
    plt.show()
    print(plt.get_fignums())


def closed():
    plt.figure()
    plt.savefig(FILE)
    plt.close()


def closed_again():
    for number in range(3):
        figure = plt.figure()
        figure.savefig(FILE)
        plt.close(figure)
    print("done")


def returned():
    figure = plt.figure()
    figure.savefig(FILE)
    plt.close(figure)
    return figure


def shown():
    plt.savefig(FILE)
    plt.show()
    plt.close("all")


def to_memory():
    plt.savefig(io.BytesIO())
    plt.close()


def left_open():
    plt.figure(1)
    plt.savefig(FILE)
    plt.figure(2)
    plt.close()
    print(plt.get_fignums())
"""


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    root = tmp_path_factory.mktemp("pyplot") / "course"
    root.mkdir()
    (root / "m.py").write_text(CODE, "utf-8")
    return lambda name: run(root, [ChildCall(module="m", name=name)], (), root.parent / "cache", Limits())[0]


def test_a_figure_stands_where_it_is_shown(answered):
    answer = answered("between")
    assert (answer.printed, answer.pictures, answer.value) == ("before\nbetween\nafter\n", (), None)
    assert [(one.after, len(one.pictures)) for one in answer.displayed] == [(7, 1), (15, 1)]


def test_a_figure_that_is_drawn_on_after_that_is_shown_again(answered):
    answer = answered("drawn_on")
    assert (len(answer.displayed), len(answer.pictures)) == (1, 1)
    assert b"<!-- more -->" in answer.pictures[0][1]


def test_all_that_are_open_are_shown_and_closed_as_in_a_notebook(answered):
    answer = answered("two")
    assert (len(answer.displayed), answer.pictures, answer.printed) == (2, (), "[]\n")


CLOSED = {"closed": 1, "closed_again": 3, "returned": 0, "shown": 0, "to_memory": 0, "left_open": 0}


@pytest.mark.parametrize("name", CLOSED)
def test_figures_that_are_saved_and_closed_are_counted(answered, name):
    answer = answered(name)
    assert (answer.error, answer.closed) == (None, CLOSED[name])


def test_what_is_current_stays_so(answered):
    answer = answered("left_open")
    assert (answer.printed, len(answer.pictures)) == ("[1]\n", 1)
