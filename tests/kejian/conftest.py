"""A small course with examples of every kind, as an author would write them."""

import shutil
import sys

import psutil
import pytest

PACKAGE = {
    "__init__.py": "",
    "base.py": """
SCALE = 2


def scaled(x):
    return SCALE * x


def unrelated():
    return 0
""",
    "shown.py": '''
"""What the slides show."""

import time
from pathlib import Path

from demo_examples.base import scaled

DATA = ("data/numbers.txt",)


class UnavailableError(RuntimeError):
    pass


def text():
    """Prints."""
    print(f"accuracy: {scaled(0.25):.4f}")
    print("loss: 0.1000")


def value():
    return [scaled(n) for n in range(3)]


def count(n=61706):
    return scaled(n) // 2


def table():
    print("layer   size  parameters")
    print("conv    28    156")


def data():
    return Path(__file__).parent.parent.joinpath("data", "numbers.txt").read_text().split()


def undeclared():
    return Path(__file__).parent.parent.joinpath("secret.txt").read_text()


def fails():
    raise ValueError("a kernel of 5 does not fit into 3")


def unavailable():
    raise UnavailableError("the weights are not here")


def unavailable_here():
    error = UnavailableError("the weights are not here")
    error.add_note("缺少权重 `w.h5` <1>")
    raise error


def slow():
    time.sleep(60)


def hungry():
    return len(bytearray(1 << 30))


def calls_out():
    import socket

    socket.create_connection(("127.0.0.1", 9), 1)


def random_numbers():
    import random

    print(random.random())


def needs(argument):
    return argument
''',
}
DECK = """<!-- slide -->

# 例子

参数 `{python} shown.count():,` 个

@import "../demo_examples/shown.py" {symbol="text" cmd=true tol=0.01}

<!-- slide aria-label="更多" -->

@import "../demo_examples/shown.py" {symbol="value" cmd=true hide}

@import "../demo_examples/shown.py" {symbol="table" cmd=true}

@import "../demo_examples/shown.py" {symbol="data" cmd=true}

@import "../demo_examples/shown.py" {symbol="fails" cmd=true raises="ValueError"}

@import "../demo_examples/shown.py" {symbol="random_numbers" cmd=true}
"""


def write(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def course(root):
    """Write the course into the folder `root`."""
    for path, text in PACKAGE.items():
        write(root, f"demo_examples/{path}", text.lstrip("\n"))
    write(root, "data/numbers.txt", "1 2 3")
    write(root, "secret.txt", "4")
    write(root, "tests/test_shown.py", "def test_text():\n    assert text\n\n\ndef test_other():\n    pass\n")
    write(root, "slides/deck.md", DECK)
    return root


@pytest.fixture(scope="session")
def demo_course():
    """What writes the course."""
    return course


@pytest.fixture
def demo(tmp_path):
    """The course's folder; its record is empty."""
    return course(tmp_path / "demo")


@pytest.fixture
def edit(demo):
    """Replace text in a file of the course, once."""

    def replace(path, old, new):
        text = (demo / path).read_text("utf-8")
        assert old in text
        (demo / path).write_text(text.replace(old, new, 1), "utf-8")
        shutil.rmtree(demo / "demo_examples" / "__pycache__", ignore_errors=True)

    return replace


def calls(run):
    """How many functions `run` calls, Python's own included: work that can be counted where time cannot be asserted."""
    count = 0

    def profile(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


@pytest.fixture(scope="session")
def counted():
    """What counts calls."""
    return calls


def ended(processes):
    """Whether all of these end; one that has ended but was not reaped counts."""
    _, alive = psutil.wait_procs(processes, timeout=60)
    return not [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]
