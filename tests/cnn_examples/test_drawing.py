"""Numbers as formulas, cells, neurons and connections."""

import numpy as np
import pytest

from cnn_examples.convolution import correlate1d
from cnn_examples.drawing import arrow, cell, connect, connections, grid, label, neurons, number
from cnn_examples.style import sheet


@pytest.mark.parametrize("value, tex", [
    (3, "$3$"), (-4.0, "$-4$"), (1 / 9, r"$\frac{1}{9}$"), (3.25, "$3.25$"), (0.123, "$0.123$"),
])  # fmt: skip
def test_numbers_are_whole_fractions_of_small_numbers_or_decimals(value, tex):
    assert number(value) == tex


@pytest.mark.parametrize("stride, dilation", [(1, 1), (2, 1), (1, 2)])
def test_connections_are_those_of_the_convolution(stride, dilation):
    x, w = np.array([1, 2, 4, 8, 16, 32, 64]), np.array([1, 10, 100])
    a = correlate1d(x, w, stride, dilation=dilation)
    sums = np.zeros_like(a)
    for output, weight, source in connections(len(a), 3, stride, dilation):
        sums[output] += w[weight] * x[source]
    assert sums.tolist() == a.tolist()


def test_a_matrix_is_one_cell_and_one_number_each():
    _, axes = sheet(5, 5)
    grid(axes, 1, 1, [[1, 2], [3, 4]], fill=lambda row, _: "red" if row else "white")
    assert len(axes.patches) == 4
    assert [t.get_text() for t in axes.texts] == ["$1$", "$2$", "$3$", "$4$"]
    assert axes.patches[2].get_facecolor() == (1, 0, 0, 1)


def test_letters_are_measured_in_cells():
    _, axes = sheet(10, 5, unit=0.5)
    label(axes, 1, 1, "x", size=0.5)
    assert axes.texts[0].get_fontsize() == pytest.approx(0.5 * 0.5 * 72)


def test_zeros_that_were_put_in_have_dashed_rims():
    _, axes = sheet(10, 5)
    neurons(axes, 1, 1, ["$0$", "$1$"], 2, faint=[True, False])
    assert [circle.get_linestyle() for circle in axes.patches] == [(0, (3, 2)), "solid"]


def test_lines_go_from_rim_to_rim():
    _, axes = sheet(10, 5)
    connect(axes, (1, 1), (1, 4), "red")
    assert axes.lines[0].get_ydata().tolist() == [1.5, 3.5]
    cell(axes, 0, 0, "white")
    arrow(axes, (0, 0), (1, 1))
    assert len(axes.texts) == 1
