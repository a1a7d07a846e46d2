"""Calls on slides: a name and literals, nothing that computes."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.parse.quote.calls import Call, InvalidCallError, parse, split_format


@pytest.mark.parametrize(
    "text, expected",
    [
        ("lenet.summary()", Call("lenet.summary")),
        ("cnn_examples.lenet.summary()", Call("lenet.summary")),
        ("a.f(3, -1.5, 'x', stride=2)", Call("a.f", (3, -1.5, "x"), {"stride": 2})),
        ("a.f((1, 2), [3], None, True)", Call("a.f", ((1, 2), [3], None, True))),
        ('a.f()["width"][0]', Call("a.f", path=("width", 0))),
        (" a.f( ) ", Call("a.f")),
    ],
)
def test_a_call(text, expected):
    assert parse(text, "cnn_examples") == expected
    assert parse(str(expected)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.f",
        "1 + 1",
        "a.f() + 1",
        "a.f(b)",
        "a.f(g())",
        "a.f(*x)",
        "a.f(**x)",
        "(lambda: 1)()",
        "a[0]()",
        "a.f(",
        "__import__('os').system('x')",
        "a.f()" * 300,
        "(" * 500,
        "a.f([x for x in y])",
    ],
)
def test_what_is_not_a_call(text):
    with pytest.raises(InvalidCallError):
        parse(text)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a.b():,", ("a.b()", ",")),
        ("a.b()", ("a.b()", "")),
        ("a.b(1):.2f", ("a.b(1)", ".2f")),
        ('a.b("x:y")["k"]:>10', ('a.b("x:y")["k"]', ">10")),
        ("nothing", ("", "")),
    ],
)
def test_split_format(text, expected):
    assert split_format(text) == expected


@given(st.text())
def test_any_text_is_a_call_or_is_refused(text):
    with contextlib.suppress(InvalidCallError):
        assert parse(text).name
