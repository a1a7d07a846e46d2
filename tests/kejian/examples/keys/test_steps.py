"""What importing a module does, statement by statement."""

import ast

import pytest

from kejian.examples.keys.steps import bound_again, steps


def read(text):
    return list(steps(ast.parse(text).body, "nets"))


CASES = {
    "x = f(y)": ("x", "f y", False, ""),
    "x, y = 1, 2": ("x y", "", False, ""),
    "x += y": ("x", "x y", False, ""),
    "x: T = y": ("x", "T y", False, ""),
    "f(x)": ("", "f x", True, ""),
    "for i in x: f(i)": ("i", "f i x", True, ""),
    "def f(a=b): c": ("f", "b", False, ""),
    "@d\ndef f(*, a=b): c": ("f", "b d", False, ""),
    "class A(B, metaclass=M):\n  x = y\n  def f(self, a=b): c": ("A", "B M b y", False, ""),
    "import os.path": ("os", "", False, "os.path os."),
    "from .a import b as c": ("c", "", False, "nets.a nets.a.b"),
}


@pytest.mark.parametrize("text, expected", CASES.items(), ids=CASES)
def test_a_statement_binds_evaluates_acts_and_loads(text, expected):
    (step,) = read(text)
    assert (" ".join(step.names), " ".join(step.heads), step.body, " ".join(step.loads)) == expected


def test_a_docstring_and_what_only_a_script_does_are_no_steps():
    assert read('"text"\nif __name__ == "__main__":\n    f()') == []


def test_what_is_done_where_the_module_is_no_script_is_one():
    (step,) = read('if __name__ == "__main__":\n    f()\nelse:\n    g()')
    assert step.heads == ("g",)


def test_equal_syntax_has_equal_digests():
    one, same, other = read("x = 1\nx   =   1  # said\nx = 2")
    assert one.digest == same.digest != other.digest


def test_names_bound_to_several_things_are_found():
    assert bound_again(read("a = 1\nb = 1\na = 1")) == {"a"}
    assert bound_again(read("from x import a\nfrom y import a")) == {"a"}
    assert bound_again(read("import os.path\nimport os\nfrom x import a\nfrom x import a")) == set()
