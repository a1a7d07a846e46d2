"""Pooling (汇聚): each output stands for a region of its input; and the way back, which backpropagation takes."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from cnn_examples.arrays import Array, ranked
from cnn_examples.convolution import output_size
from cnn_examples.errors import refuse


def regions(x: ArrayLike, size: int = 2, stride: int | None = None) -> Array:
    """The regions of the matrix `x`, as (rows, columns, size, size); the step is their size unless `stride` says."""
    x = ranked("x", x, 2)
    step = size if stride is None else stride
    for n in x.shape:
        output_size(n, size, step)  # or a region does not fit
    return sliding_window_view(x, (size, size))[::step, ::step]


def max_pool(x: ArrayLike, size: int = 2, stride: int | None = None) -> Array:
    """The greatest value of each region."""
    return np.asarray(regions(x, size, stride).max(axis=(2, 3)))


def mean_pool(x: ArrayLike, size: int = 2, stride: int | None = None) -> Array:
    """The mean of each region."""
    return np.asarray(regions(x, size, stride).mean(axis=(2, 3)))


def up_max(delta: ArrayLike, x: ArrayLike, size: int = 2, stride: int | None = None) -> Array:
    """up(δ) through max pooling of `x`: each δ goes to where its region's maximum was, the others get 0.

    Of equal values the first in reading order counts as the maximum, as in TensorFlow.
    """
    x, delta = _pooled(x, delta, size, stride)
    places = regions(np.arange(x.size).reshape(x.shape), size, stride)
    winners = regions(x, size, stride).reshape(*delta.shape, -1).argmax(axis=-1)
    up = np.zeros(x.size, delta.dtype)
    for index in np.ndindex(delta.shape):
        up[places[index].flat[winners[index]]] += delta[index]
    return up.reshape(x.shape)


def up_mean(delta: ArrayLike, x: ArrayLike, size: int = 2, stride: int | None = None) -> Array:
    """up(δ) through mean pooling of `x`: each δ is shared out evenly over its region."""
    x, delta = _pooled(x, delta, size, stride)
    places = regions(np.arange(x.size).reshape(x.shape), size, stride)
    up = np.zeros(x.size)
    for index in np.ndindex(delta.shape):
        up[places[index]] += delta[index] / size**2
    return up.reshape(x.shape)


def _pooled(x: ArrayLike, delta: ArrayLike, size: int, stride: int | None) -> tuple[Array, Array]:
    x, delta = ranked("x", x, 2), ranked("delta", delta, 2)
    expected = regions(x, size, stride).shape[:2]
    if delta.shape != expected:
        refuse("delta", f"shape {delta.shape}", f"{expected}, one for each region of x")
    return x, delta


FEATURE = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])
"""What the slide pools."""

SPOTS = np.zeros((4, 6), int)
"""A picture of two bright pixels, which the slide moves to the right."""
SPOTS[0, 0] = SPOTS[2, 4] = 9


def both() -> None:
    """Four regions, their greatest value and their mean."""
    x = np.array([[1, 1, 2, 4],
                  [5, 6, 7, 8],
                  [3, 2, 1, 0],
                  [1, 2, 3, 4]])  # fmt: skip
    print(max_pool(x))
    print(mean_pool(x))


def errors_back() -> None:
    """What up(δ) is for the two kinds of pooling."""
    x = np.array([[1, 1, 2, 4],
                  [5, 6, 7, 8],
                  [3, 2, 1, 0],
                  [1, 2, 3, 4]])  # fmt: skip
    delta = np.array([[4, 8], [12, 16]])
    print(up_max(delta, x))
    print(up_mean(delta, x))
