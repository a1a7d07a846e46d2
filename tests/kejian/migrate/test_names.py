"""Names that code uses and does not bind, and where they come from."""

import pytest

from kejian.migrate.names import EarlierCode, NameRequirements, free, needed


@pytest.mark.parametrize(
    "text, names",
    [
        ("print(len([1]))", []),
        ("y = x + 1\nx + y", ["x"]),
        ("def f(a):\n    return a * SCALE\nf(b)", ["SCALE", "b"]),
        ("[i for i in xs if i > low]", ["xs", "low"]),
        ("import numpy as np\nnp.ones(n)", ["n"]),
        ("class A(Base):\n    def f(self):\n        return self.x", ["Base"]),
        ("with open(p) as f:\n    f.read()\ntry:\n    pass\nexcept E as e:\n    e", ["p", "E"]),
        ("lambda x: x + offset", ["offset"]),
        ("__name__", []),
    ],
)
def test_free_names(text, names):
    assert free(text) == names


def test_what_only_defines_is_carried_along_with_what_it_needs():
    above = [
        EarlierCode(3, "import math\nPI = 3"),
        EarlierCode(9, "@cached\ndef area(r):\n    return PI * r\n\nx = area(1)"),
    ]
    assert needed("area(2)", above, "a.md") == NameRequirements(
        ("PI = 3", "@cached\ndef area(r):\n    return PI * r"), ("`cached` is bound nowhere above",)
    )


def test_what_is_computed_is_named_with_its_line():
    above = [EarlierCode(3, "x = 1"), EarlierCode(9, "y = 2\nx = y + 1")]
    assert needed("x", above, "a.md").missing == ("`x` is computed at a.md:10",)


def test_the_nearest_binding_above_counts_and_names_mean_what_they_meant_there():
    above = [EarlierCode(1, "N = 1"), EarlierCode(2, "def f():\n    return N"), EarlierCode(3, "N = 2")]
    assert needed("f()", above, "a.md").carried == ("N = 1", "def f():\n    return N")
    assert needed("N", above, "a.md").carried == ("N = 2",)


def test_functions_that_need_each_other():
    above = [EarlierCode(1, "def f():\n    return g()\n\ndef g():\n    return f()")]
    assert needed("f()", above, "a.md").carried == ("def f():\n    return g()", "def g():\n    return f()")
