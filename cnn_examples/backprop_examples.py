"""What the slides on backpropagation show: our gradients beside TensorFlow's."""

from __future__ import annotations

import numpy as np
import tensorflow as tf
from numpy.typing import ArrayLike

from cnn_examples.arrays import Array
from cnn_examples.backprop import (
    delta_before_convolution,
    delta_before_pooling,
    grad_bias,
    grad_input,
    grad_kernel,
    relu,
)
from cnn_examples.convolution import correlate2d, rotate
from cnn_examples.pooling import max_pool, up_max


def tf_correlate(A: tf.Tensor, W: tf.Tensor) -> tf.Tensor:
    """A ⊗ W by TensorFlow, of two matrices."""
    z = tf.nn.conv2d(A[None, ..., None], W[..., None, None], strides=1, padding="VALID")
    return z[0, ..., 0]


def automatic(A: Array, W: Array, b: float, Y: Array) -> list[Array]:
    """TensorFlow's gradients of a layer's squared error with respect to b, W and A."""
    a, w, c = (tf.Variable(value, dtype=tf.float64) for value in (A, W, b))
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum((tf_correlate(a, w) + c - Y) ** 2) / 2
    return [np.asarray(gradient) for gradient in tape.gradient(loss, [c, w, a])]


def automatic_two(A: Array, W1: Array, W2: Array) -> Array:
    """TensorFlow's gradient of two layers with respect to the first kernel."""
    w = tf.Variable(W1)
    with tf.GradientTape() as tape:
        h = tf.nn.relu(tf_correlate(tf.constant(A), w))
        p = tf.nn.max_pool2d(h[None, ..., None], 2, 2, "VALID")[0, ..., 0]
        loss = tf.reduce_sum(tf_correlate(p, tf.constant(W2)) ** 2) / 2
    return np.asarray(tape.gradient(loss, w))


def difference(name: str, ours: ArrayLike, theirs: Array) -> dict[str, str]:
    """A row of a table: how large a derivative is at most, and how far from it TensorFlow's is."""
    largest, apart = np.abs(ours).max(), np.abs(np.asarray(ours) - theirs).max()
    return {"导数": name, "最大元素": f"{largest:.2f}", "最大相差": f"{apart:.0e}" if apart else "0"}


def gradients() -> list[dict[str, str]]:
    """Our three formulas for a layer beside TensorFlow's gradients."""
    rng = np.random.default_rng(0)
    A, W, b = rng.normal(size=(6, 5)), rng.normal(size=(3, 2)), 0.5
    Y = rng.normal(size=(4, 4))

    Z = correlate2d(A, W) + b
    delta = Z - Y  # L = sum((Z - Y)**2) / 2
    ours = [grad_bias(delta), grad_kernel(A, delta), grad_input(W, delta)]
    theirs = automatic(A, W, b, Y)  # tf.GradientTape
    rows = zip("bWA", map(np.asarray, ours), theirs, strict=True)
    return [difference(*row) for row in rows]


def the_order_matters() -> tuple[Array, Array]:
    """rot(W) ⊗̃ δ is δ ⊗̃ rot(W) turned by 180°: the narrow formula names the input first."""
    W = np.array([[1, 2], [3, 4]])
    delta = np.array([[1, 0, 0], [0, 0, 0], [0, 0, 5]])
    right = correlate2d(delta, rotate(W), padding=1)
    swapped = correlate2d(rotate(W), delta, padding=2)
    return right, swapped


def two_layers() -> list[dict[str, str]]:
    """Convolution, ReLU, max pooling, convolution: δ by the recursions gives TensorFlow's gradient."""
    rng = np.random.default_rng(1)
    A, W1, W2 = (rng.normal(size=(n, n)) for n in (7, 2, 2))
    Z1 = correlate2d(A, W1)
    A1 = max_pool(relu(Z1))
    Z2 = correlate2d(A1, W2)

    delta2 = Z2  # L = sum(Z2**2) / 2
    up = up_max(grad_input(W2, delta2), relu(Z1))
    delta1 = delta_before_pooling(up, Z1)
    ours, theirs = grad_kernel(A, delta1), automatic_two(A, W1, W2)
    return [difference("W1", ours, theirs)]


def through_convolution() -> Array:
    """δ_l from δ_{l+1} of a convolution layer: what ReLU had cut off gets nothing."""
    W = np.array([[1, 0], [0, -1]])
    delta = np.array([[1, 2], [3, 4]])
    Z = np.array([[1, 1, -1], [1, 1, 1], [-1, 1, 1]])
    return delta_before_convolution(delta, W, Z).astype(int)
