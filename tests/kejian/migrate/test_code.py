"""What of a listing is code, and what was pasted below it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.migrate.code import PastedCode, parse, read, returned

SUMMARY = 'Model: "a"\n____\nLayer (type)  Shape'


@pytest.mark.parametrize(
    "text, code, pasted",
    [
        ("x = 1\nprint(x)", "x = 1\nprint(x)", ""),
        ("print(1)\n\nEpoch 1/5\nloss: 0.1", "print(1)", "Epoch 1/5\nloss: 0.1"),
        ("print(1)\n1 2 3", "print(1)", "1 2 3"),
        (f"m.show()\n\n{SUMMARY}\n\n(1, 2)", "m.show()", f"{SUMMARY}\n\n(1, 2)"),
        ("f(x)\n\n('a', 0.24), 实验服\n('b', 0.17), 睡衣", "f(x)", "('a', 0.24), 实验服\n('b', 0.17), 睡衣"),
        ("x = 1\n\nx", "x = 1\n\nx", ""),  # a notebook's last line, not an output
        ("x = f()\n\nmodel", "x = f()\n\nmodel", ""),  # a name from the slides above
        ("x = f()\n\nprint(3)", "x = f()\n\nprint(3)", ""),
        ("def f():\n    return 1\n\n\nf()\n\n1", "def f():\n    return 1\n\n\nf()", "1"),
    ],
)  # fmt: skip
def test_code_and_output(text, code, pasted):
    assert read(text) == PastedCode(code, pasted)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "def f(:\n    pass",
        "x = 1\n\ndef f(:\n    pass\n",  # a mistake, not an output
        "import x\n\nif x\n    y = 2",
        "Layer (type)   Output\n====",
        '"sequential"\n____\nLayer (type)  Shape',
        "!pip install numpy",
        "%time f()",
        "x = \0",
        ">>> x = (\n1",
        ">>> f()\nTraceback (most recent call last):\nE: x\n>>> g()\n1",
        "(" * 5000,
    ],
)
def test_what_is_no_python(text):
    assert read(text) is None


@pytest.mark.parametrize(
    "code, expected, value",
    [
        ("x = 1\nx", "x = 1\nreturn x", True),
        ("f(1)", "return f(1)", True),
        ("f(1)\ng(2)", "f(1)\ng(2)", False),  # either may have shown it
        ("f(1)\nx.shape", "f(1)\nreturn x.shape", False),
        ("print(1)", "print(1)", False),
        ("x = 1; x", "x = 1; x", False),
        ("x = 1", "x = 1", False),
        ("if a:\n    b\n(c,\n d)", "if a:\n    b\nreturn (c,\n d)", True),
    ],
)
def test_the_last_value_is_returned(code, expected, value):
    assert returned(code) == (expected, value)


@given(st.text("(x=1:\n >\"'ab,é实", max_size=120))
def test_any_text_gives_code_that_parses_or_nothing(text):
    found = read(text)
    assert found is None or parse(found.text) is not None


def test_long_listings_take_no_time_out_of_proportion(counted):
    def cost(lines):
        text = "\n\n".join(f"f({n})" for n in range(lines)) + "\n\n" + "\n\n".join(f"a {n}" for n in range(lines))
        return counted(lambda: read(text))

    assert cost(800) < 20 * cost(100)
