"""Drift in words: where, what, how far, why, and what to type."""

import json
from dataclasses import replace

import pytest

from kejian.core.diagnostics import Severity, Span, as_json, failed
from kejian.examples.record import tolerance
from kejian.examples.record.compare_outputs import agree
from kejian.examples.record.drift import HINTS, WRITTEN, Drift, as_text, diagnostics
from kejian.examples.record.outputs import Output

SPAN = Span("slides/lenet.md", 12)


def text(data):
    return Output(kind="text", name="", suffix="txt", data=data.encode())


def drift(old, new, tol="", **more):
    bound = tolerance.read(tol)
    verdict = agree([text(old)], [text(new)], bound)
    return Drift(
        example="lenet.fit()", span=SPAN, reason="changed", name="lenet.fit", verdict=verdict, tolerance=bound, **more
    )


def lines(*drifts, colour=False):
    return as_text(drifts, colour=colour).splitlines()


def test_a_number_beyond_its_tolerance():
    found = drift("epoch 5\naccuracy: 0.9874 - loss: 0.040\n", "epoch 5\naccuracy: 0.9812 - loss: 0.041\n", "0.004")
    assert lines(replace(found, causes=("function lenet.train changed (cnn_examples/lenet.py:40)",))) == [
        "slides/lenet.md:12:1: error[drift]: lenet.fit() no longer shows what the record says",
        "    lenet.fit.txt:2: accuracy: 0.9874 → 0.9812 (differs by 0.0062, tolerance 0.004) - loss: 0.041",
        "    because function lenet.train changed (cnn_examples/lenet.py:40)",
        f"    hint: {HINTS['changed']}",
    ]


@pytest.mark.parametrize(
    "old, new, tol, expected",
    [
        ("0.5", "0.6", "", "0.5 → 0.6 (differs by 0.1, no tolerance declared)"),
        ("0.5", "0.50", "", "0.5 → 0.50 (the same value in other digits)"),
        ("0.50", "0.40", "1%", "0.50 → 0.40 (differs by 20%, tolerance 1%)"),
        ("61,706", "61,707", "1%", "61,706 → 61,707 (whole numbers are exact)"),
        ("0.5", "nan", "9", "0.5 → nan (no tolerance allows it)"),
        ("a cat", "a dog", "", "a cat → dog"),
        ("a  b", "a b", "", 'a"  " → " "b'),
        ("a\nb", "a", "", "- b"),
        ("a", "a\n\nb", "", "+ b"),
        ("x", "\x1b[2J\x07y", "", "x → \\x1b[2J\\x07y"),
    ],
)
def test_differences(old, new, tol, expected):
    assert lines(drift(old, new, tol))[-2].partition(": ")[2] == expected


def test_colour_only_when_asked():
    found = drift("loss 0.5", "loss 0.6")
    assert "\x1b" not in as_text([found])
    assert "\x1b[31m0.5\x1b[0m → \x1b[32m0.6\x1b[0m" in as_text([found], colour=True)


def test_long_lines_and_many_lines_are_cut_short():
    found = drift(f"{'a ' * 100}0.5\n" * 30, f"{'a ' * 100}0.6\n" * 30)
    assert "    lenet.fit.txt: 10 more lines differ" in lines(found)
    assert max(map(len, lines(found))) < 200


def test_outputs_that_are_missing_or_new_and_pictures_name_their_files():
    picture = Output(kind="picture", name="", suffix="svg", data=b"<svg/>")
    verdict = agree([text("a"), picture], [picture, replace(text("b"), kind="value")])
    found = Drift(example="f()", span=SPAN, reason="changed", name="lenet.f", verdict=verdict)
    assert lines(found)[1:-1] == [
        "    lenet.f.2.txt: it is not in the record",
        "    lenet.f.txt: it is in the record, and the example no longer shows it",
    ]


@pytest.mark.parametrize("reason", ["missing", "extra", "stale", "failed"])
def test_every_reason_says_what_to_type(reason):
    found = Drift(
        example="lenet.fit()",
        span=SPAN,
        reason=reason,
        causes=("package keras 3.14 → 3.15",),
        also=(Span("slides/b.md", 3),),
    )
    assert lines(found)[1:] == [
        "    also at slides/b.md:3:1",
        "    because package keras 3.14 → 3.15",
        f"    hint: {HINTS[reason]}",
    ]


def test_a_failure_shows_its_trace():
    found = Drift(
        example="f()",
        span=SPAN,
        reason="failed",
        causes=("ValueError: no",),
        trace="  cnn_examples/lenet.py:3 in f\n    raise",
    )
    assert lines(found)[1:3] == ["      cnn_examples/lenet.py:3 in f", "        raise"]


def test_as_diagnostics():
    found = diagnostics([drift("0.5", "0.6", "0.01", causes=("package keras 3.14 → 3.15",))])
    assert failed(found)
    assert json.loads(as_json(found)) == [
        {
            "code": "drift",
            "severity": "error",
            "path": "slides/lenet.md",
            "line": 12,
            "column": 1,
            "message": "lenet.fit() no longer shows what the record says: "
            "lenet.fit.txt:1: 0.5 → 0.6 (differs by 0.1, tolerance 0.01); because package keras 3.14 → 3.15",
            "hint": HINTS["changed"],
        }
    ]


def test_a_build_that_wrote_the_change_asks_to_review_it():
    changed, lost = diagnostics([drift("0.5", "0.6"), Drift(example="f()", span=SPAN, reason="failed")], written=True)
    assert (changed.severity, changed.hint) == (Severity.WARNING, WRITTEN)
    assert (lost.severity, lost.hint) == (Severity.ERROR, HINTS["failed"])


def test_a_label_of_a_picture():
    old, new = (
        Output(kind="picture", name="", suffix="svg", data=f"<svg><text>{t}</text></svg>".encode())
        for t in ("loss", "loss 2")
    )
    found = Drift(example="f()", span=SPAN, reason="changed", name="a.f", verdict=agree([old], [new]))
    assert lines(found)[1:3] == ["    a.f.svg: a label reads differently", "    a.f.svg, label: loss[new:  2]"]


def test_outputs_in_another_order():
    one, two = text("a"), Output(kind="value", name="", suffix="txt", data=b"b")
    found = Drift(example="f()", span=SPAN, reason="changed", name="a.f", verdict=agree([one, two], [two, one]))
    assert lines(found)[1] == "    the outputs come in another order"
