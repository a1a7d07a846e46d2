"""Fractional steps (微步卷积): zeros between the inputs make the kernel advance by less than one input at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cnn_examples.arrays import Array, ranked
from cnn_examples.convolution import correlate1d, correlate2d, output_size, rotate
from cnn_examples.errors import refuse


def insert_zeros(x: ArrayLike, steps: int) -> Array:
    """`steps` - 1 zeros between neighbours along each axis: a step of 1 is then one of 1/`steps` over `x`."""
    x = np.asarray(x)
    if steps < 1:
        refuse("steps", steps, "at least 1")
    spread = np.zeros([steps * (n - 1) + 1 for n in x.shape], x.dtype)
    spread[(slice(None, None, steps),) * x.ndim] = x
    return spread


def outputs(n: int, c: int, steps: int = 2) -> int:
    """Outputs of `n` inputs: `steps` (n - 1) + 1 with the zeros between them, and c - 1 more by a wide convolution."""
    return output_size(steps * (n - 1) + 1, c, p=c - 1)


def fractional1d(x: ArrayLike, w: ArrayLike, steps: int = 2) -> Array:
    """The wide convolution x ⊗ w with step 1/`steps`: `steps` (n - 1) + c outputs of n inputs."""
    x, w = ranked("x", x, 1), ranked("w", w, 1)
    return correlate1d(insert_zeros(x, steps), w, padding=len(w) - 1)


def transposed1d(a: ArrayLike, w: ArrayLike, stride: int = 1) -> Array:
    """Aᵀa where A is the matrix of x → x ⊗ w with step `stride`: a fractional step with the kernel reversed."""
    return fractional1d(a, ranked("w", w, 1)[::-1], stride)


def transposed2d(z: ArrayLike, w: ArrayLike, stride: int = 1) -> Array:
    """Aᵀz where A is the matrix of x → x ⊗ w with step `stride`: a fractional step with the kernel turned by 180°."""
    z, w = ranked("z", z, 2), ranked("w", w, 2)
    return correlate2d(insert_zeros(z, stride), rotate(w), padding=(w.shape[0] - 1, w.shape[1] - 1))
