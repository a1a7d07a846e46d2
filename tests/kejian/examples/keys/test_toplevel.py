"""What single statements at the top of a module say."""

import ast

import pytest

from kejian.examples.keys import toplevel


def statement(text):
    return ast.parse(text).body[0]


NAMES = {"a = 1": ["a"], "a = b = 1": ["a", "b"], "a, b = 1, 2": ["a", "b"], "a: int = 1": ["a"], "a += 1": ["a"],
         "a[0] = 1": [], "a.b = 1": [], "a, b.c = 1, 2": [], "f()": []}  # fmt: skip


@pytest.mark.parametrize("text, names", NAMES.items(), ids=NAMES)
def test_plain_assignments_bind_names(text, names):
    assert toplevel.assigned(statement(text)) == names


KINDS = {"class a: pass": "class", "def a(): pass": "function", "async def a(): pass": "function", "a = 1": "constant"}


@pytest.mark.parametrize("text, kind", KINDS.items(), ids=KINDS)
def test_a_name_stands_for_what_binds_it(text, kind):
    assert toplevel.kind("a", statement(text)) == kind
    assert toplevel.kind("", statement(text)) == "body"


REQUIRED = {"": 0, "a": 1, "a=1": 0, "a, b=1": 1, "a, /, b, *, c, d=1": 3, "*a, **b": 0}


@pytest.mark.parametrize("arguments, number", REQUIRED.items(), ids=REQUIRED)
def test_arguments_without_a_default_are_required(arguments, number):
    function = statement(f"def f({arguments}): pass")
    assert toplevel.required(function.args) == number
    assert toplevel.takes_no_args(function) == (number == 0)


def test_what_is_no_function_or_yields_while_it_is_awaited_cannot_be_called():
    assert not toplevel.takes_no_args(statement("a = 1"))
    assert not toplevel.takes_no_args(None)
    assert not toplevel.takes_no_args(statement("async def f():\n    yield 1"))
    assert toplevel.takes_no_args(statement("def f():\n    yield 1"))


def test_patterns_of_data_are_texts_alone_or_in_a_tuple_or_list():
    statements = ast.parse("DATA = 'a'\nDATA = ('b', 1, 'c')\nDATA = ['d']\nDATA = f()").body
    assert list(toplevel.patterns(statements)) == ["a", "b", "c", "d"]


def test_a_definition_is_marked_where_all_of_it_is():
    assert toplevel.marked(statement("a = 1"))
    assert toplevel.marked(statement("class A:\n    def f(self):\n        return 1"))
