"""What the slides on convolution print."""

import numpy as np
import pytest

from cnn_examples import convolution_examples as examples
from cnn_examples.convolution import correlate2d
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


def test_hyperparameters_print_as_many_outputs_as_the_formula_says(capsys):
    lines = printed(examples.hyperparameters, capsys)
    assert [line.split(" 个")[0] for line in lines] == [
        "s=1 p=0 d=1: 7", "s=2 p=0 d=1: 4", "s=1 p=1 d=1: 9", "s=2 p=1 d=1: 5", "s=1 p=0 d=2: 5",
    ]  # fmt: skip


def test_narrow_wide_and_same(capsys):
    assert printed(examples.narrow_wide_same, capsys) == [
        "窄卷积 p = 0，输出 7 个", "宽卷积 p = 2，输出 11 个", "等宽卷积 p = 1，输出 9 个",
    ]  # fmt: skip


def test_the_sources_formula_can_give_a_fraction(capsys):
    assert printed(examples.rounding, capsys) == ["3.5 3"]


def test_correlation_is_convolution_for_symmetric_kernels_only(capsys):
    assert printed(examples.correlation_is_not_convolution, capsys) == [
        "平滑：相等 True，相反 False", "方向边缘：相等 False，相反 True",
    ]  # fmt: skip


def test_a_fractional_step_makes_seven_of_three(capsys):
    assert printed(examples.fractional_stride, capsys) == ["[1, 0, 2, 0, 3]", "[1, 1, 3, 2, 5, 3, 3]"]


def test_transposed_convolution_is_the_transpose(capsys):
    *matrix, products = printed(examples.transposed_is_the_transpose, capsys)
    assert matrix[0] == "[[1 2 3 0 0 0 0]"
    assert products == "[  1   2  13  20 130 200 300] [  1   2  13  20 130 200 300]"


def test_a_dilated_kernel_of_nine_weights_sees_five_by_five():
    x = np.arange(49).reshape(7, 7)
    assert examples.dilated()[0, 0] == x[:5:2, :5:2].sum()


def test_a_kernel_too_large_is_refused_with_the_sizes_that_do_not_fit(capsys):
    with pytest.raises(ArgumentError, match=r"w: got a kernel that spans 5, expected at most the input's 4 \+ 2 × 0"):
        examples.kernel_too_large()
    assert capsys.readouterr().out == "(2, 2)\n"
