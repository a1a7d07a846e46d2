"""Receptive fields by the recursion, and by seeing which inputs a real output depends on."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cnn_examples.convolution import correlate1d
from cnn_examples.receptive_field import receptive_field, ways, weights

stacks = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 2), st.integers(1, 3)), max_size=3)


@given(layers=stacks)
def test_receptive_field_is_what_the_first_output_depends_on(layers):
    n = 64  # the largest field of such a stack: 2 (2 (10 - 1) + 10 - 1) + 10
    reached = np.zeros(n, bool)
    for i in range(n):
        x = np.zeros(n)
        x[i] = 1
        for size, stride, dilation in layers:
            x = correlate1d(x, np.ones(size), stride, dilation=dilation)
        reached[i] = x[0] > 0
    places = np.flatnonzero(reached)
    assert places[-1] + 1 == receptive_field(layers)


def test_two_layers_of_three_see_what_one_of_five_sees_with_fewer_weights(capsys):
    assert receptive_field([(3, 1), (3, 1)]) == receptive_field([(5, 1)]) == 5
    ways()
    lines = capsys.readouterr().out.splitlines()
    assert " 5 × 5   18 个权重  两层 3 × 3" in lines
    assert "15 × 15  27 个权重  三层 3 × 3，空洞 1、2、4" in lines


def test_weights_of_a_stack():
    assert weights([(3, 1, 1), (3, 1, 2), (3, 1, 4)]) == 27
    assert weights([(2, 2), (3, 1)]) == 9
