"""What the slides on backpropagation show."""

import numpy as np

from cnn_examples import backprop_examples as examples
from cnn_examples.convolution import rotate


def test_all_three_gradients_agree_with_tensorflow():
    rows = examples.gradients()
    assert [row["导数"] for row in rows] == ["b", "W", "A"]
    assert all(float(row["最大相差"]) < 1e-12 < float(row["最大元素"]) for row in rows)


def test_a_difference_is_the_largest_of_all_elements():
    row = examples.difference("W", np.array([1.0, -3.0]), np.array([1.5, -3.0]))
    assert row == {"导数": "W", "最大元素": "3.00", "最大相差": "5e-01"}


def test_swapping_the_operands_turns_the_result():
    right, swapped = examples.the_order_matters()
    assert np.array_equal(swapped, rotate(right))
    assert not np.array_equal(swapped, right)


def test_the_recursions_carry_an_error_through_two_layers():
    (row,) = examples.two_layers()
    assert float(row["最大相差"]) < 1e-12 < float(row["最大元素"])


def test_where_relu_cut_off_no_error_passes():
    assert examples.through_convolution().tolist() == [[1, 2, 0], [3, 3, -2], [0, -3, -4]]
