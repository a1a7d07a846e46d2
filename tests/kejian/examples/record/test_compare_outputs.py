"""Outputs of a fresh run against those of the record."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kejian.examples.record import tolerance
from kejian.examples.record.compare_outputs import agree
from kejian.examples.record.outputs import Output

TEXT = Output(kind="text", name="", suffix="txt", data=b"loss 0.10")
VALUE = Output(kind="value", name="", suffix="txt", data=b"0.5")
FIRST = Output(kind="picture", name="", suffix="svg", data=b"<svg>1</svg>")
SECOND = Output(kind="picture", name="", suffix="svg", data=b"<svg>2</svg>")


def test_equal_outputs_agree_and_need_no_tolerance():
    verdict = agree((TEXT, VALUE, FIRST), (TEXT, VALUE, FIRST))
    assert verdict.agrees
    assert verdict.needed == tolerance.DEFAULT


def test_each_output_is_compared_with_its_partner():
    verdict = agree((TEXT, VALUE), (replace(TEXT, data=b"loss 0.12"), VALUE), tolerance.read("0.05"))
    assert verdict.agrees
    assert verdict.needed == tolerance.read("0.02")


@pytest.mark.parametrize("tol, needed", [("50%", "20%"), ("0.05", "0.02"), ("0.05 50%", "0 50%")])
def test_the_needed_tolerance_is_in_the_shape_of_the_declared_one(tol, needed):
    old, new = (replace(TEXT, data=data) for data in (b"0.10", b"0.08"))
    assert agree([old], [new], tolerance.read(tol)).needed == tolerance.read(needed)


def test_an_output_that_is_missing_and_one_that_is_new():
    verdict = agree((TEXT, FIRST), (TEXT, VALUE))
    assert not verdict.agrees
    assert [(p.old, p.new) for p in verdict.pairs] == [(TEXT, TEXT), (None, VALUE), (FIRST, None)]
    assert [p.comparison.note for p in verdict.pairs if not p.comparison.agrees] == [
        "it is not in the record",
        "it is in the record, and the example no longer shows it",
    ]
    assert verdict.needed is None


def test_pictures_pair_in_order():
    verdict = agree((TEXT, FIRST, SECOND), (FIRST, TEXT, SECOND))
    assert all(pair.comparison.agrees for pair in verdict.pairs)
    assert verdict.note == "the outputs come in another order"
    assert not verdict.agrees


def test_an_undeclared_tolerance_that_would_do_is_named():
    verdict = agree([TEXT], [replace(TEXT, data=b"loss 0.15")])
    assert not verdict.agrees
    assert verdict.needed.absolute == Decimal("0.05")


@pytest.mark.parametrize(
    "kind, suffix, text",
    [
        ("table", "txt", "| a    |    x |\n| :--- | ---: |\n| b    | 0.98 |\n"),
        ("matrix", "txt", "0.98  -1\n"),
        ("value", "html", "<table><tr><td>0.98</td></tr></table>"),
        ("value", "md", "**0.98** $x = 0.98$"),
        ("value", "tex", r"$\frac{0.98}{x}$"),
    ],
)
def test_numbers_within_any_form_have_a_tolerance(kind, suffix, text):
    old, near = (
        Output(kind=kind, name="", suffix=suffix, data=one.encode()) for one in (text, text.replace("0.98", "0.981"))
    )
    assert agree([old], [near], tolerance.read("0.002")).agrees
    assert not agree([old], [near], tolerance.read("0.0002")).agrees
    assert not agree(
        [old],
        [Output(kind=kind, name="", suffix=suffix, data=text.replace("0.98", "one").encode())],
        tolerance.read("9"),
    ).agrees


def test_another_form_is_another_output():
    old, new = (
        Output(kind="value", name="", suffix="txt", data=b"1"),
        Output(kind="value", name="", suffix="html", data=b"1"),
    )
    (pair,) = agree([old], [new]).pairs
    assert pair.comparison.note == "it was recorded as text, and is HTML now"
