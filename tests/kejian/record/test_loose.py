"""Tolerances that do no good."""

import pytest

from kejian.record import tolerance
from kejian.record.loose import loose
from kejian.record.outputs import Output


@pytest.mark.parametrize(
    "text, tol, expected",
    [
        ("accuracy 0.98", "", ""),
        ("accuracy 0.98", "0.01", ""),
        ("accuracy 0.98 of 10,000", "1%", ""),
        ("7 of 10", "2", ""),
        ("conv2d_1 x86", "0.01", "the tolerance 0.01 applies to no number of the output"),
        ("61,706", "0.01", "the tolerance 0.01 applies to no number of the output"),
        ("61,706", "1%", "the tolerance 1% applies to no number of the output"),
        ("61,706", "1% integers", ""),
        ("took 0.5 s", "0.01", "the tolerance 0.01 applies to no number of the output"),
        ("loss 0.04 -0.2", "0.2", "the tolerance 0.2 is not below the largest number it applies to, 0.2"),
        ("loss 0.00", "0.2", ""),
        ("loss 0.5", "100%", "the tolerance 100% lets every number become zero"),
        ("0.50", "0", ""),
    ],
)
def test_loose(text, tol, expected):
    outputs = [Output("text", "", "txt", text.encode()), Output("picture", "", "svg", b"<svg>0.5</svg>")]
    assert loose(outputs, tolerance.read(tol), ("durations",)) == expected
