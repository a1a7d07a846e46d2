"""Pooling and its way back against TensorFlow."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_examples import pooling
from cnn_examples.errors import ArgumentError
from cnn_examples.pooling import max_pool, mean_pool, regions, up_max, up_mean

layers = st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(3, 9), st.integers(3, 9))


@settings(max_examples=40)
@given(layer=layers, seed=st.integers(0, 99), distinct=st.booleans())
@pytest.mark.parametrize("ours, back, theirs", [
    (max_pool, up_max, tf.nn.max_pool2d), (mean_pool, up_mean, tf.nn.avg_pool2d),
])  # fmt: skip
def test_pooling_and_its_gradient_are_tensorflows(ours, back, theirs, layer, seed, distinct):
    size, stride, rows, columns = layer
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows, columns)) if distinct else rng.integers(0, 3, (rows, columns)).astype(float)
    variable = tf.Variable(x[None, ..., None])
    with tf.GradientTape() as tape:
        z = theirs(variable, size, stride, "VALID")
        delta = rng.normal(size=z.shape)
        loss = tf.reduce_sum(z * delta)
    assert np.allclose(ours(x, size, stride), z[0, ..., 0])
    assert np.allclose(back(delta[0, ..., 0], x, size, stride), tape.gradient(loss, variable)[0, ..., 0])


def test_regions_lie_side_by_side_unless_a_step_is_given():
    x = np.arange(16).reshape(4, 4)
    assert regions(x).shape == (2, 2, 2, 2)
    assert regions(x, 2, 1).shape == (3, 3, 2, 2)


@given(seed=st.integers(0, 99))
def test_errors_are_passed_on_without_loss(seed):
    rng = np.random.default_rng(seed)
    x, delta = rng.normal(size=(6, 4)), rng.normal(size=(3, 2))
    assert np.isclose(up_max(delta, x).sum(), delta.sum())
    assert np.isclose(up_mean(delta, x).sum(), delta.sum())


def test_of_equal_values_the_first_is_the_maximum():
    assert up_max([[1]], [[7, 7], [7, 7]]).tolist() == [[1, 0], [0, 0]]


def test_a_region_larger_than_its_input_is_refused():
    with pytest.raises(ArgumentError, match="a kernel that spans 3, expected at most the input's 2"):
        max_pool(np.ones((2, 2)), 3)


def test_errors_of_another_shape_are_refused():
    with pytest.raises(ArgumentError, match=r"delta: got shape \(1, 2\), expected \(2, 2\), one for each region of x"):
        up_mean(np.ones((1, 2)), np.ones((4, 4)))


def test_what_the_slides_print(capsys):
    pooling.both()
    assert capsys.readouterr().out == "[[6 8]\n [3 4]]\n[[3.25 5.25]\n [2.   2.  ]]\n"
    assert max_pool(pooling.FEATURE).tolist() == [[6, 8], [3, 4]]
    pooling.errors_back()
    largest, mean = capsys.readouterr().out.split("]]\n", 1)
    assert largest.splitlines()[1] == " [ 0  4  0  8]"
    assert mean.splitlines()[0] == "[[1. 1. 2. 2.]"
