"""The YAML of front matter: keys with plain values; what it refuses, with the place."""

import pytest

from kejian.core.diagnostics import Span
from kejian.parse.lines.yaml_keys import read


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", {}),
        ("a: 1\nb: [x, true]", {"a": 1, "b": ["x", True]}),
        ("2: a\ntrue: b", {"2": "a", "True": "b"}),
        ("a: {1: 2026-11-24}", {"a": {"1": "2026-11-24"}}),
        ("a: -.inf", {"a": None}),
    ],
)
def test_values_are_such_that_json_can_say_them(text, expected):
    assert read(text, "a.md") == (expected, ())


@pytest.mark.parametrize(
    "text, span",
    [
        ("a: [1\nb: 2", Span("a.md", 3, 2)),
        ("a: '1\u2028 2'\nb: }", Span("a.md", 3, 4)),
        ("a: &x 1\nb: *x", Span("a.md", 2)),
    ],
)
def test_what_is_wrong_is_told_by_the_lines_of_the_file(text, span):
    values, (found,) = read(text, "a.md")
    assert (values, found.code, found.span) == ({}, "bad-front-matter", span)


@pytest.mark.parametrize("deep, refused", [(30, False), (40, True)])
def test_nesting_up_to_the_limit_is_read(deep, refused):
    assert bool(read("a: " + "[" * deep + "]" * deep, "a.md")[1]) == refused
