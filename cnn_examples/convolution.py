"""Convolution by its definition: a kernel slides over an input, and each output is a weighted sum.

Sizes are the lecture's: n inputs, a kernel of c weights, step s, p zeros on either side; d is the dilation (空洞).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cnn_examples.arrays import Array, Pair, pair, ranked
from cnn_examples.errors import refuse


def spanned(c: int, d: int = 1) -> int:
    """Inputs that a kernel of `c` weights reaches over, `d` apart: d (c - 1) + 1."""
    return d * (c - 1) + 1


def output_size(n: int, c: int, s: int = 1, p: int = 0, d: int = 1) -> int:
    """Outputs of a layer: ⌊(n - c + 2p) / s⌋ + 1, with `spanned(c, d)` for c where the kernel is dilated.

    The lecture's source has no ⌊⌋; without it a step that does not divide n - c + 2p gives a fraction.
    """
    for name, value, least in (("size", c, 1), ("stride", s, 1), ("padding", p, 0), ("dilation", d, 1)):
        if value < least:
            refuse(name, value, f"at least {least}")
    if spanned(c, d) > n + 2 * p:
        refuse("w", f"a kernel that spans {spanned(c, d)}", f"at most the input's {n} + 2 × {p} padding")
    return (n - spanned(c, d) + 2 * p) // s + 1


def padding_of(mode: str, c: int) -> int:
    """Zeros on either side for a narrow (n - c + 1 outputs), wide (n + c - 1) or same (n) convolution with step 1.

    Only an odd kernel has a symmetric `same`.
    """
    if mode == "narrow":
        return 0
    if mode == "wide":
        return c - 1
    if mode != "same":
        refuse("mode", repr(mode), "'narrow', 'wide' or 'same'")
    if c % 2 == 0:
        refuse("c", c, "an odd size, since (c - 1) / 2 zeros go on either side")
    return (c - 1) // 2


def correlate1d(x: ArrayLike, w: ArrayLike, stride: int = 1, padding: int = 0, dilation: int = 1) -> Array:
    """The vector x ⊗ w: a_i = Σ_m w_m x_{s i + d m}, counted from zero."""
    x, w = ranked("x", x, 1), ranked("w", w, 1)
    size = output_size(len(x), len(w), stride, padding, dilation)
    x = np.pad(x, padding)
    a = np.zeros(size, np.result_type(x, w))
    for i in range(size):
        a[i] = sum(w[m] * x[stride * i + dilation * m] for m in range(len(w)))
    return a


def correlate2d(x: ArrayLike, w: ArrayLike, stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1) -> Array:
    """The matrix x ⊗ w: z_ij = Σ_uv w_uv x_{s i + d u, s j + d v}, counted from zero."""
    x, w = ranked("x", x, 2), ranked("w", w, 2)
    (s, t), (p, q), (d, e) = pair(stride), pair(padding), pair(dilation)
    rows = output_size(x.shape[0], w.shape[0], s, p, d)
    columns = output_size(x.shape[1], w.shape[1], t, q, e)
    x = np.pad(x, ((p, p), (q, q)))
    z = np.zeros((rows, columns), np.result_type(x, w))
    for i, j in np.ndindex(rows, columns):
        z[i, j] = sum(w[u, v] * x[s * i + d * u, t * j + e * v] for u, v in np.ndindex(w.shape))
    return z


def convolve1d(f: ArrayLike, g: ArrayLike) -> Array:
    """(f ⊗ g)[n] = Σ_m f[m] g[n - m] of signal processing, for every n where the two overlap: len(f) + len(g) - 1."""
    f, g = ranked("f", f, 1), ranked("g", g, 1)
    a = np.zeros(len(f) + len(g) - 1, np.result_type(f, g))
    for n in range(len(a)):
        a[n] = sum(f[m] * g[n - m] for m in range(len(f)) if 0 <= n - m < len(g))
    return a


def convolve2d(x: ArrayLike, w: ArrayLike, padding: Pair = 0) -> Array:
    """The convolution of signal processing: the kernel is turned by half a turn first."""
    return correlate2d(x, rotate(w), padding=padding)


def rotate(w: ArrayLike) -> Array:
    """rot(W): the matrix `w` turned by 180°."""
    return ranked("w", w, 2)[::-1, ::-1]
