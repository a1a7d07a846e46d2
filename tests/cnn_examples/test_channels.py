"""Many pictures and channels: the definition, the matrix product and TensorFlow agree."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_examples.channels import conv2d, conv2d_definition, conv2d_transpose
from cnn_examples.errors import ArgumentError

sizes = st.integers(1, 3)
layers = st.fixed_dictionaries({
    "stride": st.tuples(sizes, sizes), "padding": st.tuples(st.integers(0, 2), st.integers(0, 2)),
    "dilation": st.tuples(st.integers(1, 2), st.integers(1, 2)),
})  # fmt: skip
shapes = st.tuples(st.integers(1, 2), st.integers(5, 8), st.integers(5, 8), sizes, sizes, sizes, sizes)


def operands(shape, seed=0):
    n, height, width, u, v, inputs, outputs = shape
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, height, width, inputs)), rng.normal(size=(u, v, inputs, outputs))


@settings(max_examples=40)
@given(shape=shapes, layer=layers)
def test_the_fast_one_is_the_definition(shape, layer):
    x, w = operands(shape)
    assert np.allclose(conv2d(x, w, **layer), conv2d_definition(x, w, **layer))


@given(shape=shapes, layer=layers, seed=st.integers(0, 99))
def test_transpose_is_the_adjoint(shape, layer, seed):
    x, w = operands(shape, seed)
    z = conv2d(x, w, **layer)
    y = np.random.default_rng(seed + 1).normal(size=z.shape)
    assert np.isclose(np.sum(z * y), np.sum(x * conv2d_transpose(y, w, x.shape[1:3], **layer)))


@settings(max_examples=40)
@given(shape=shapes, padding=st.tuples(st.integers(0, 2), st.integers(0, 2)), stride=sizes, dilation=sizes)
def test_conv2d_is_tensorflows(shape, padding, stride, dilation):
    x, w = operands((*shape[:1], shape[1] + 2, shape[2] + 2, *shape[3:]))
    dilation = dilation if stride == 1 else 1  # TensorFlow has no kernel for both on a CPU
    edges = [[0, 0], [padding[0]] * 2, [padding[1]] * 2, [0, 0]]
    theirs = tf.nn.conv2d(x, w, strides=stride, padding=edges, dilations=dilation)
    assert np.allclose(conv2d(x, w, stride, padding, dilation), theirs)


@settings(max_examples=40)
@given(shape=shapes, stride=sizes)
def test_conv2d_transpose_is_tensorflows(shape, stride):
    x, w = operands(shape)
    z = conv2d(x, w, stride)
    theirs = tf.nn.conv2d_transpose(z, w, x.shape, strides=stride, padding="VALID")
    assert np.allclose(conv2d_transpose(z, w, x.shape[1:3], stride), theirs)


def test_single_precision_stays_single():
    x, w = (a.astype(np.float32) for a in operands((1, 5, 5, 3, 3, 2, 2)))
    assert conv2d(x, w).dtype == conv2d_transpose(conv2d(x, w), w, (5, 5)).dtype == np.float32


@pytest.mark.parametrize(
    "call, message",
    [
        (
            lambda x, w: conv2d(x[0], w),
            r"x: got an array of shape \(5, 6, 2\), expected an array of four axes",
        ),
        (
            lambda x, w: conv2d(x, w[:, :, :1]),
            r"w: got shape \(3, 3, 1, 4\), expected \(u, v, 2, O\)",
        ),
        (lambda x, w: conv2d(x[:, :2], w), "w: got a kernel that spans 3, expected at most the input's 2"),
        (lambda x, w: conv2d(x, w, stride=0), "stride: got 0"),
        (lambda x, w: conv2d_transpose(x, w, (7, 8)), r"z: got shape \(1, 5, 6, 2\), expected \(N, 5, 6, 4\)"),
    ],
)
def test_what_does_not_fit_is_refused_by_name_and_shape(call, message):
    with pytest.raises(ArgumentError, match=message):
        call(*operands((1, 5, 6, 3, 3, 2, 4)))
