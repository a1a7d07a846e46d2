"""Tolerances that do no good."""

import io

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from kejian.examples.record import tolerance
from kejian.examples.record.outputs import Output
from kejian.examples.record.tolerance_lint import loose


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
    outputs = [
        Output(kind="text", name="", suffix="txt", data=text.encode()),
        Output(kind="picture", name="", suffix="svg", data=b"<svg/>"),
    ]
    assert loose(outputs, tolerance.read(tol), ("durations",)) == expected


def drawn(title):
    figure = Figure(figsize=(2, 1))
    figure.subplots().set_axis_off()
    figure.suptitle(title)
    file = io.BytesIO()
    with mpl.rc_context({"svg.fonttype": "path"}):
        figure.savefig(file, format="svg")
    return Output(kind="picture", name="", suffix="svg", data=file.getvalue())


@pytest.mark.parametrize(
    "title, tol, expected",
    [
        ("7 taken for 1", "", ""),
        ("7 taken for 1", "2", ""),
        ("7 taken for 1", "9", "the tolerance 9 is not below the largest number it applies to, 7"),
        ("loss", "0.1", "the tolerance 0.1 applies to no number of the output"),
        ("loss 0.50", "0.1", ""),
    ],
)
def test_the_numbers_of_a_picture_are_its_labels(title, tol, expected):
    assert loose([drawn(title)], tolerance.read(tol)) == expected


@pytest.mark.parametrize(
    "tol, expected",
    [
        ("", ""),
        ("20/255", ""),
        ("60/255", "the tolerance 60/255 is more than half of what an empty picture differs by, 110.4/255"),
    ],
)
def test_pixels_may_not_move_so_far_that_nothing_is_left(tol, expected):
    half = np.zeros((4, 6, 3), np.uint8)
    half[:, :3] = 255
    file = io.BytesIO()
    Image.fromarray(half).save(file, "PNG")
    picture = Output(kind="picture", name="", suffix="png", data=file.getvalue())
    assert loose([picture], tolerance.read(tol)) == expected


def test_a_tolerance_of_colours_needs_a_picture():
    printed = Output(kind="text", name="", suffix="txt", data=b"0.5")
    assert loose([printed], tolerance.read("2/255")) == "the tolerance 2/255 applies to no picture"
