"""Convolution of many pictures with many channels: by the definition, and as one matrix product.

Shapes are TensorFlow's: pictures x (N, H, W, I), kernels w (u, v, I, O), results (N, H', W', O).
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from cnn_examples.arrays import Array, Pair, pair, ranked
from cnn_examples.convolution import correlate2d, output_size
from cnn_examples.errors import refuse


def conv2d_definition(x: ArrayLike, w: ArrayLike, stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1) -> Array:
    """z_o = Σ_i x_i ⊗ w_io for each picture: the channels are convolved one by one and added."""
    x, w = _operands(x, w)
    return np.stack([
        np.stack([
            sum(correlate2d(picture[..., i], w[..., i, o], stride, padding, dilation) for i in range(w.shape[2]))
            for o in range(w.shape[3])
        ], axis=-1)
        for picture in x
    ])  # fmt: skip


def conv2d(x: ArrayLike, w: ArrayLike, stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1) -> Array:
    """The same as one matrix product: each row is what one output sees (im2col), each column one kernel."""
    x, w = _operands(x, w)
    windows = _windows(x, w.shape, pair(stride), pair(padding), pair(dilation))
    seen = windows.reshape(*windows.shape[:3], -1)
    return np.asarray(seen @ w.reshape(-1, w.shape[3]))


def conv2d_transpose(
    z: ArrayLike, w: ArrayLike, size: tuple[int, int], stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1
) -> Array:
    """The transpose of `x → conv2d(x, w, …)` for pictures of `size` (H, W): from (N, H', W', O) to (N, H, W, I).

    ⟨conv2d(x, w), z⟩ = ⟨x, conv2d_transpose(z, w)⟩: what z_ij was summed from gets its share of z_ij back.
    """
    z, w = ranked("z", z, 4, "(N, H', W', O)"), ranked("w", w, 4, "(u, v, I, O)")
    (s, t), (p, q), (d, e) = pair(stride), pair(padding), pair(dilation)
    rows = output_size(size[0], w.shape[0], s, p, d)
    columns = output_size(size[1], w.shape[1], t, q, e)
    if z.shape[1:] != (rows, columns, w.shape[3]):
        refuse("z", f"shape {z.shape}", f"(N, {rows}, {columns}, {w.shape[3]}) for pictures of {size[0]} × {size[1]}")
    x = np.zeros((len(z), size[0] + 2 * p, size[1] + 2 * q, w.shape[2]), np.result_type(z, w))
    for u, v in np.ndindex(w.shape[:2]):
        reached = (slice(d * u, d * u + s * rows, s), slice(e * v, e * v + t * columns, t))
        x[:, reached[0], reached[1]] += z @ w[u, v].T
    return x[:, p : p + size[0], q : q + size[1]]


def _operands(x: ArrayLike, w: ArrayLike) -> tuple[Array, Array]:
    x, w = ranked("x", x, 4, "(N, H, W, I)"), ranked("w", w, 4, "(u, v, I, O)")
    if x.shape[3] != w.shape[2]:
        refuse("w", f"shape {w.shape}", f"(u, v, {x.shape[3]}, O) for the {x.shape[3]} channels of x")
    return x, w


def _windows(
    x: Array, kernel: tuple[int, ...], stride: tuple[int, int], padding: tuple[int, int], dilation: tuple[int, int]
) -> Array:
    """What each output sees, as (N, H', W', u, v, I): a view, no copy."""
    spans = []
    for n, c, s, p, d in zip(x.shape[1:3], kernel, stride, padding, dilation, strict=False):
        output_size(n, c, s, p, d)  # or it does not fit
        spans.append(d * (c - 1) + 1)
    (p, q), (s, t), (d, e) = padding, stride, dilation
    x = np.pad(x, ((0, 0), (p, p), (q, q), (0, 0)))
    views = sliding_window_view(x, spans, axis=(1, 2))
    return np.asarray(views[:, ::s, ::t, :, ::d, ::e].transpose(0, 1, 2, 4, 5, 3))
