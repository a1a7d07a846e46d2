"""Fractional steps against TensorFlow's transposed convolution, and adjointness."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from cnn_examples.convolution import correlate1d, correlate2d
from cnn_examples.errors import ArgumentError
from cnn_examples.fractional import fractional1d, insert_zeros, outputs, transposed1d, transposed2d


def test_zeros_go_between_neighbours_along_every_axis():
    assert insert_zeros([1, 2, 3], 3).tolist() == [1, 0, 0, 2, 0, 0, 3]
    assert insert_zeros([[1, 2], [3, 4]], 2).tolist() == [[1, 0, 2], [0, 0, 0], [3, 0, 4]]
    assert insert_zeros([1, 2], 1).tolist() == [1, 2]


def test_a_step_of_nothing_is_refused():
    with pytest.raises(ArgumentError, match="steps: got 0, expected at least 1"):
        insert_zeros([1, 2], 0)


@given(n=st.integers(1, 8), c=st.integers(1, 5), steps=st.integers(1, 4))
def test_a_fractional_step_enlarges(n, c, steps):
    assert len(fractional1d(np.ones(n), np.ones(c), steps)) == steps * (n - 1) + c


@given(outputs=st.integers(1, 6), c=st.integers(1, 4), stride=st.integers(1, 3), seed=st.integers(0, 99))
def test_transposed1d_is_the_adjoint_of_correlation(outputs, c, stride, seed):
    rng = np.random.default_rng(seed)
    n = stride * (outputs - 1) + c
    x, w, z = rng.normal(size=n), rng.normal(size=c), rng.normal(size=outputs)
    assert np.isclose(correlate1d(x, w, stride) @ z, x @ transposed1d(z, w, stride))


@given(rows=st.integers(1, 4), columns=st.integers(1, 4), stride=st.integers(1, 3), seed=st.integers(0, 99))
def test_transposed2d_is_the_adjoint_of_correlation(rows, columns, stride, seed):
    rng = np.random.default_rng(seed)
    w, z = rng.normal(size=(2, 3)), rng.normal(size=(rows, columns))
    x = rng.normal(size=(stride * (rows - 1) + 2, stride * (columns - 1) + 3))
    assert np.isclose(np.sum(correlate2d(x, w, stride) * z), np.sum(x * transposed2d(z, w, stride)))


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_transposed2d_is_tensorflows(stride):
    rng = np.random.default_rng(0)
    w, z = rng.normal(size=(3, 2)), rng.normal(size=(4, 3))
    ours = transposed2d(z, w, stride)
    theirs = tf.nn.conv2d_transpose(
        z[None, ..., None], w[..., None, None], (1, *ours.shape, 1), strides=stride, padding="VALID"
    )
    assert np.allclose(ours, theirs[0, ..., 0])


@given(n=st.integers(1, 6), c=st.integers(1, 5), steps=st.integers(1, 4))
def test_the_number_of_outputs_is_that_of_the_definition(n, c, steps):
    expected = len(fractional1d(np.ones(n), np.ones(c), steps))
    assert outputs(n, c, steps) == expected == steps * (n - 1) + c
