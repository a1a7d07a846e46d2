"""The lecture's formulas for gradients, each by its name, against TensorFlow and against the sums they stand for."""
# ruff: noqa: N806  # A, W, Z are the lecture's matrices

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_examples.backprop import (
    delta_before_convolution,
    delta_before_pooling,
    grad_bias,
    grad_input,
    grad_kernel,
    relu,
)
from cnn_examples.backprop_examples import tf_correlate
from cnn_examples.convolution import correlate2d, rotate
from cnn_examples.errors import ArgumentError
from cnn_examples.pooling import up_max, up_mean

layers = st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(3, 6), st.integers(3, 6), st.integers(0, 99))


def layer(sizes):
    u, v, U, V, seed = sizes
    rng = np.random.default_rng(seed)
    return rng.normal(size=(U, V)), rng.normal(size=(u, v)), rng.normal(size=(U - u + 1, V - v + 1))


@settings(max_examples=30)
@given(sizes=layers)
def test_the_three_gradients_of_a_layer_are_tensorflows(sizes):
    A, W, delta = layer(sizes)
    a, w, b = tf.Variable(A), tf.Variable(W), tf.Variable(0.5, dtype=tf.float64)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum((tf_correlate(a, w) + b) * delta)
    for_a, for_w, for_b = tape.gradient(loss, [a, w, b])
    assert np.allclose(grad_input(W, delta), for_a)
    assert np.allclose(grad_kernel(A, delta), for_w)
    assert np.isclose(grad_bias(delta), for_b)


@given(sizes=layers)
def test_kernel_gradient_is_the_sum_over_a_times_delta(sizes):
    A, W, delta = layer(sizes)
    rows, columns = delta.shape
    for p, q in np.ndindex(W.shape):
        expected = sum(A[i + p, j + q] * delta[i, j] for i in range(rows) for j in range(columns))
        assert np.isclose(grad_kernel(A, delta)[p, q], expected)


@given(sizes=layers)
def test_input_gradient_is_the_sum_over_w_times_delta(sizes):
    A, W, delta = layer(sizes)
    for s, t in np.ndindex(A.shape):
        expected = sum(
            W[s - i, t - j] * delta[i, j]
            for i, j in np.ndindex(delta.shape)
            if 0 <= s - i < W.shape[0] and 0 <= t - j < W.shape[1]
        )
        assert np.isclose(grad_input(W, delta)[s, t], expected)


@given(sizes=layers)
def test_the_sources_order_of_operands_gives_it_turned_by_180_degrees(sizes):
    _, W, delta = layer(sizes)
    padding = tuple(n - 1 for n in delta.shape)  # (U - u, V - v), as the source says
    assert np.allclose(correlate2d(rotate(W), delta, padding=padding), rotate(grad_input(W, delta)))
    assert np.allclose(correlate2d(W, rotate(delta), padding=padding), grad_input(W, delta))


@settings(max_examples=20)
@given(seed=st.integers(0, 99))
@pytest.mark.parametrize("up, pool", [(up_max, tf.nn.max_pool2d), (up_mean, tf.nn.avg_pool2d)])
def test_delta_before_pooling_is_tensorflows(up, pool, seed):
    rng = np.random.default_rng(seed)
    Z, delta = rng.normal(size=(4, 6)), rng.normal(size=(2, 3))
    variable = tf.Variable(Z[None, ..., None])
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(pool(tf.nn.relu(variable), 2, 2, "VALID")[0, ..., 0] * delta)
    expected = tape.gradient(loss, variable)[0, ..., 0]
    assert np.allclose(delta_before_pooling(up(delta, relu(Z)), Z), expected)


@settings(max_examples=20)
@given(sizes=layers)
def test_delta_before_convolution_is_tensorflows(sizes):
    Z, W, delta = layer(sizes)
    variable = tf.Variable(Z)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf_correlate(tf.nn.tanh(variable), tf.constant(W)) * delta)
    ours = delta_before_convolution(delta, W, Z, derivative=lambda z: 1 - np.tanh(z) ** 2)
    assert np.allclose(ours, tape.gradient(loss, variable))


def test_shapes_that_do_not_belong_together_are_refused():
    with pytest.raises(ArgumentError, match=r"up: got shape \(2, 2\), expected \(3, 3\), that of Z"):
        delta_before_pooling(np.ones((2, 2)), np.ones((3, 3)))
    with pytest.raises(ArgumentError, match=r"delta: got shape \(2, 2\), expected that of Z, \(4, 4\), convolved"):
        delta_before_convolution(np.ones((2, 2)), np.ones((2, 2)), np.ones((4, 4)))
