"""What the slides on one- and two-dimensional convolution show."""

from __future__ import annotations

import numpy as np

from cnn_examples.arrays import Array
from cnn_examples.convolution import (
    convolve1d,
    convolve2d,
    correlate1d,
    correlate2d,
    output_size,
)
from cnn_examples.filters import DIAGONAL
from cnn_examples.fractional import transposed1d

INPUT = np.array([[1, 1, 1, 1, 1], [-1, 0, -3, 0, 1], [2, 1, 1, -1, 0], [0, -1, 1, 2, 1], [1, 2, 1, 1, 1]])
"""The 5 × 5 input on the lecture's slide."""
KERNEL = np.array([[-1, 0, 0], [0, 0, 0], [0, 0, 1]])
"""The 3 × 3 kernel on the lecture's slide."""

NINE, THREE = np.array([1, 2, 4, 7, 6, 4, 2, 1, 1]), np.array([1, 0, -1])
"""Nine inputs and three weights, of which the slides count the outputs."""


def equations() -> None:
    """Each output a_i is the same sum of three neighbours."""
    x = np.array([1, 2, 3, 4, 5, 6])
    w = np.array([1, 0, -2])

    a1 = x[0] * w[0] + x[1] * w[1] + x[2] * w[2]
    a2 = x[1] * w[0] + x[2] * w[1] + x[3] * w[2]
    a3 = x[2] * w[0] + x[3] * w[1] + x[4] * w[2]
    a4 = x[3] * w[0] + x[4] * w[1] + x[5] * w[2]

    print([int(a) for a in (a1, a2, a3, a4)])
    print(correlate1d(x, w).tolist())


def why_convolution() -> None:
    """With g[-2] = w_3, g[-1] = w_2, g[0] = w_1 the lecture's sum is the convolution of signal processing."""
    x = np.array([1, 2, 3, 4, 5, 6])
    w = np.array([1, 0, -2])
    g = w[::-1]  # g[-2], g[-1], g[0]

    a = convolve1d(x, g)  # a[-2], a[-1], a[0], ...
    print(a[2:-2].tolist())
    print(correlate1d(x, w).tolist())


def two_dimensional() -> Array:
    """The 5 × 5 input and the 3 × 3 kernel of the slide, convolved."""
    x = np.array([[1, 1, 1, 1, 1],
                  [-1, 0, -3, 0, 1],
                  [2, 1, 1, -1, 0],
                  [0, -1, 1, 2, 1],
                  [1, 2, 1, 1, 1]])  # fmt: skip
    w = np.array([[-1, 0, 0],
                  [0, 0, 0],
                  [0, 0, 1]])  # fmt: skip
    return correlate2d(x, w)


def hyperparameters() -> list[dict[str, int]]:
    """How many outputs steps, zeros and holes leave of nine inputs."""
    rows = []
    for s, p, d in (1, 0, 1), (2, 0, 1), (1, 1, 1), (2, 1, 1), (1, 0, 2):
        a = correlate1d(NINE, THREE, s, p, d)
        assert len(a) == output_size(9, 3, s, p, d)
        rows.append({"s": s, "p": p, "d": d, "个数": len(a)})
    return rows


def rounding() -> dict[str, float]:
    """(n - c) / s + 1 need not be a whole number: the last inputs are left out."""
    n, c, s = 8, 3, 2
    return {"除得": (n - c) / s + 1, "输出": output_size(n, c, s)}


def kernel_too_large() -> None:
    """Holes count: weights two apart span five inputs; four are too few, unless a zero goes on either side."""
    x = np.arange(16).reshape(4, 4)
    w = np.ones((3, 3), int)
    print(correlate2d(x, w, padding=1, dilation=2).shape)
    print(correlate2d(x, w, dilation=2).shape)


def correlation_is_not_convolution() -> list[dict[str, object]]:
    """Turning the kernel matters only where it is not symmetric; a kernel that changes its sign flips the result's."""
    x = np.random.default_rng(0).integers(0, 9, (6, 6))
    rows = []
    for name, w in ("平滑", np.ones((3, 3), int)), ("方向边缘", DIAGONAL):
        a, b = correlate2d(x, w), convolve2d(x, w)
        apart, total = abs(a - b).max(), abs(a + b).max()
        rows.append({"核": name, "最大的差": apart, "最大的和": total})
    return rows


def convolution_matrix() -> tuple[Array, Array]:
    """The matrix of x → x ⊗ w for seven inputs and step 2, and w."""
    w = np.array([1, 2, 3])
    columns = [correlate1d(e, w, stride=2) for e in np.eye(7, dtype=int)]
    return np.stack(columns, axis=1), w


def transposed_is_the_transpose() -> None:
    """A convolution is a matrix; the fractional step with the kernel reversed is its transpose."""
    A, w = convolution_matrix()
    z = np.array([1, 10, 100])
    print((A.T @ z).tolist())
    print(transposed1d(z, w, stride=2).tolist())


def dilated() -> Array:
    """Nine weights that see 5 × 5 inputs."""
    x = np.arange(49).reshape(7, 7)
    w = np.ones((3, 3), int)
    return correlate2d(x, w, dilation=2)
