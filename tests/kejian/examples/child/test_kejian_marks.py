"""What has run is noted, and nothing else about a module is another."""

from contextlib import suppress

import pytest

from kejian.examples.child.kejian_marks import compiled

TEXT = b'''
"""A module."""
import functools


def plain(x):
    """Says so."""
    return x


@functools.lru_cache(maxsize=None)
def kept():
    return [inner() for inner in (lambda: 1,)]


def stream():
    global COUNT
    COUNT = 1
    yield COUNT


async def waits():
    return 2


def jit(function):
    return function


@jit
def fast():
    return 3


class Net:
    size: int = 1

    @property
    def depth(self):
        return 4

    @depth.setter
    def depth(self, value):
        self.value = value

    class Inner:
        def deep(self):
            return 5
'''


@pytest.fixture
def module():
    """The names of the module, and what of it has run."""
    ran = set()
    names = {}
    exec(compiled(TEXT, "/course/nets/a.py", "nets/a.py", ran), names)
    return names, ran


def test_an_import_runs_decorators_alone(module):
    _, ran = module
    assert ran == {("nets/a.py", "jit")}


@pytest.mark.parametrize(
    "call, name",
    [
        ("plain(1)", "plain"),
        ("kept()", "kept"),
        ("next(stream())", "stream"),
        ("waits().send(None)", "waits"),
        ("Net().depth", "Net"),
        ("setattr(Net(), 'depth', 1)", "Net"),
        ("Net.Inner().deep()", "Net"),
    ],
)
def test_what_runs_is_noted_by_the_name_at_the_top(module, call, name):
    names, ran = module
    with suppress(StopIteration):  # how a coroutine ends
        eval(call, names)
    assert ran == {("nets/a.py", "jit"), ("nets/a.py", name)}


def test_what_a_decorator_may_read_is_left_as_it_is(module):
    """A compiler for numbers reads bytecode, and would not know the mark."""
    names, ran = module
    assert (names["fast"](), ("nets/a.py", "fast") in ran) == (3, False)
    assert names["fast"].__code__.co_names == ()


def test_lines_names_and_texts_stay(module):
    names, _ = module
    plain = names["plain"]
    assert (plain.__doc__, plain.__code__.co_firstlineno, plain.__code__.co_filename) == (
        "Says so.", 6, "/course/nets/a.py",
    )  # fmt: skip
    assert not [name for name in names if "kejian" in name]


def test_syntax_error_is_reported_unchanged():
    with pytest.raises(SyntaxError) as wrong:
        compiled(b"def f(:\n", "/course/a.py", "a.py", set())
    assert (wrong.value.filename, wrong.value.lineno) == ("/course/a.py", 1)
