"""What the slides on convolution print."""

import numpy as np
import pytest

from cnn_examples import convolution_examples as examples
from cnn_examples.convolution import correlate1d, correlate2d
from cnn_examples.errors import ArgumentError


def printed(example, capsys):
    example()
    return capsys.readouterr().out.splitlines()


def test_the_four_equations_are_one_function(capsys):
    by_hand, by_function = printed(examples.equations, capsys)
    assert by_hand == by_function == "[-5, -6, -7, -8]"


def test_the_lectures_sum_is_the_convolution_of_signal_processing(capsys):
    convolution, correlation = printed(examples.why_convolution, capsys)
    assert convolution == correlation == "[-5, -6, -7, -8]"


def test_the_picture_of_two_dimensional_convolution():
    assert examples.two_dimensional().tolist() == [[0, -2, -1], [2, 2, 4], [-1, 0, 0]]
    assert np.array_equal(examples.two_dimensional(), correlate2d(examples.INPUT, examples.KERNEL))


def test_hyperparameters_give_as_many_outputs_as_the_formula_says():
    rows = [tuple(row.values()) for row in examples.hyperparameters()]
    assert rows == [(1, 0, 1, 7), (2, 0, 1, 4), (1, 1, 1, 9), (2, 1, 1, 5), (1, 0, 2, 5)]


def test_the_sources_formula_can_give_a_fraction():
    assert examples.rounding() == {"除得": 3.5, "输出": 3}


def test_correlation_is_convolution_for_symmetric_kernels_only():
    smooth, edges = examples.correlation_is_not_convolution()
    assert (smooth["核"], smooth["最大的差"], edges["核"], edges["最大的和"]) == ("平滑", 0, "方向边缘", 0)
    assert smooth["最大的和"] > 0 < edges["最大的差"]


def test_the_matrix_of_a_convolution_is_the_convolution():
    matrix, w = examples.convolution_matrix()
    x = np.arange(7) ** 2
    assert np.array_equal(matrix @ x, correlate1d(x, w, stride=2))


def test_transposed_convolution_is_the_transpose(capsys):
    transpose, fractional = printed(examples.transposed_is_the_transpose, capsys)
    assert transpose == fractional == "[1, 2, 13, 20, 130, 200, 300]"


def test_a_dilated_kernel_of_nine_weights_sees_five_by_five():
    x = np.arange(49).reshape(7, 7)
    assert examples.dilated()[0, 0] == x[:5:2, :5:2].sum()


def test_a_kernel_too_large_is_refused_with_the_sizes_that_do_not_fit(capsys):
    with pytest.raises(ArgumentError, match=r"w: got a kernel that spans 5, expected at most the input's 4 \+ 2 × 0"):
        examples.kernel_too_large()
    assert capsys.readouterr().out == "(2, 2)\n"
