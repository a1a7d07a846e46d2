"""Which modules do something, when they are imported, that others may feel: through real packages."""

import pytest

from kejian.core.disk.files import Folder
from kejian.examples.keys.acting import acts, does, reached
from kejian.examples.keys.package import Package


def test_reached_holds_the_start_and_all_that_it_leads_to():
    arrows = {1: [2], 2: [3, 1], 3: [], 4: [1]}
    assert reached([1], arrows.__getitem__) == {1, 2, 3}
    assert reached([], arrows.__getitem__) == set()


@pytest.fixture
def graph(tmp_path):
    """The graph of a package with a module `a` of this text."""

    def read(text, other=""):
        for name, code in {"__init__": "", "a": text, "b": other}.items():
            (tmp_path / "nets").mkdir(exist_ok=True)
            (tmp_path / "nets" / f"{name}.py").write_text(code, "utf-8")
        return Package.read(Folder(tmp_path), "nets").graph

    return read


IDLE = ["x = 1", "x = [1, 2]", "def f(): g()", "class A: pass", "import os"]
ACTING = ["print(1)", "x = []\nx.append(1)", "for i in range(3): print(i)", "def f(x): x[0] = 1\nM = [0]\nLOG = f(M)"]


@pytest.mark.parametrize("text", IDLE)
def test_definitions_and_plain_values_do_nothing(graph, text):
    assert list(does(graph(text), "nets.a")) == []


@pytest.mark.parametrize("text", ACTING)
def test_statements_that_act_are_found(graph, text):
    assert list(does(graph(text), "nets.a")) != []


def test_importing_a_module_that_acts_is_an_action(graph):
    assert list(does(graph("from nets import b", "print(1)"), "nets.a")) != []
    assert list(does(graph("from nets import b", "x = 1"), "nets.a")) == []


def test_what_stands_nowhere_does_not_act(graph):
    assert not acts(graph(""), ("nets.a", "missing"))
