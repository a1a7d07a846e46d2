"""Tokens of printed text: what counts as a number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.examples.record.tokens import shape, tokens
from kejian.examples.record.tolerance import value


@pytest.mark.parametrize(
    "line, numbers",
    [
        ("loss: 0.25 of 61,706, -1e-3 .5 2. +7", ["0.25", "61,706", "-1e-3", ".5", "2.", "+7"]),
        ("conv2d_1 x86 3x3 0x7f 1.2.3 v1.5 1_000 1st", []),
        ("准确率0.98，第3层 28×28", ["0.98", "3", "28", "28"]),
        ("98.7% 1.5x 2.5MB", ["98.7", "1.5", "2.5"]),
        ("3-1 f(x)-2 a[0]-2 [-0.5,-1] \N{MINUS SIGN}4", ["3", "1", "2", "0", "2", "-0.5", "-1", "\N{MINUS SIGN}4"]),
        ("nan -inf NaN Infinity nano info", ["nan", "-inf", "NaN", "Infinity"]),
        ("1,2345 0,123 1234,567 1..5 1,234.5e+6", ["1", "2345", "0", "123", "1234", "567", "1", "5", "1,234.5e+6"]),
        ("1e99999 2026-11-03", ["2026", "11", "03"]),
    ],
)
def test_numbers(line, numbers):
    assert [token.text for token in tokens(line) if token.kind == "number"] == numbers


@given(st.text(st.characters(exclude_characters="\n")))
def test_tokens_joined_are_the_line_and_numbers_have_values(line):
    found = tokens(line)
    assert "".join(token.text for token in found) == line
    assert all(isinstance(value(token.text), Decimal) for token in found if token.kind == "number")


def test_shape_forgets_numbers_blanks_and_the_length_of_rules():
    assert shape(tokens("| 1.5  ---- |")) == shape(tokens("|10.25 --- |"))
    assert shape(tokens("a b")) != shape(tokens("ab"))
    assert shape(tokens("---")) != shape(tokens("==="))
