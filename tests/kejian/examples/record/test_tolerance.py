"""Tolerances as an instructor writes them."""

from decimal import Decimal

import pytest

from kejian.examples.record import tolerance
from kejian.examples.record.tolerance import InvalidToleranceError, Tolerance


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", Tolerance()),
        ("0.01", Tolerance(absolute=Decimal("0.01"))),
        ("1e-3", Tolerance(absolute=Decimal("0.001"))),
        ("0", Tolerance(absolute=Decimal(0))),
        ("1%", Tolerance(relative=Decimal("0.01"))),
        ("1%, integers", Tolerance(relative=Decimal("0.01"), integers=True)),
        ("0.001 .5%", Tolerance(absolute=Decimal("0.001"), relative=Decimal("0.005"))),
        ("2/255", Tolerance(levels=Decimal(2))),
    ],
)
def test_forms(text, expected):
    assert tolerance.read(text) == expected
    assert tolerance.read(str(expected)) == expected


@pytest.mark.parametrize(
    "text", ["-1", "nan", "inf", "loose", "1 %", "1%%", "0x1", "integers", "0.1 integers", "٣", "1e9999"]
)
def test_what_is_no_tolerance_says_what_is(text):
    with pytest.raises(InvalidToleranceError) as refused:
        tolerance.read(text)
    assert "tol=0.01" in refused.value.hint


def test_undeclared_accepts_nothing():
    assert not Tolerance().accepts(Decimal(0))
    assert Tolerance().needed("0.50", "0.5") == 0


@pytest.mark.parametrize(
    "number, text",
    [("0.0062", "0.0062"), ("1E+3", "1000"), ("1e-12", "1e-12"), ("-0.0", "0"), ("Infinity", "Infinity")],
)
def test_numbers_for_people(number, text):
    assert tolerance.shown(Decimal(number)) == text
