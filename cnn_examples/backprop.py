"""Backpropagation through a convolution layer Z = A ⊗ W + b, formula by formula.

A is U × V, W is u × v, so Z and δ are (U-u+1) × (V-v+1); [δ]_ij = ∂L/∂z_ij, with the indices of Z.

Where the lecture's source differs, this is what is right (each is tested against TensorFlow):

- It names the sizes of W and the summation's indices alike, u and v. Read z_ij = Σ_pq w_pq a_{i+p-1, j+q-1} + b.
- ∂L/∂A = δ ⊗̃ rot(W), the wide convolution of δ with the turned kernel. The source has rot(W) ⊗̃ δ; but ⊗ does not
  commute (z_ij takes its input from the left and its kernel from the right), and that is the same matrix *turned by
  180°*. W ⊗̃ rot(δ), with W padded by (U-u, V-v) as the source says, would do as well.
- It writes δᵀ for ∂L/∂Z and transposes each result, the layout in which the derivative by a p × q matrix is q × p.
  That does not go with δᵀ_l = up(δᵀ_{l+1}) ⊙ h'(Z_l), whose two factors then have shapes that differ. In the layout
  where ∂L/∂Z has the shape of Z there is no transpose anywhere; so it is here.
- δ_l through a convolution layer lacks its ⊙ before h'(Z_l), and its picture has 汇聚 over an arrow that is 卷积.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from cnn_examples.arrays import Array, ranked
from cnn_examples.convolution import correlate2d, rotate
from cnn_examples.errors import refuse


def grad_bias(delta: ArrayLike) -> float:
    """∂L/∂b = Σ_ij δ_ij."""
    return float(ranked("delta", delta, 2).sum())


def grad_kernel(A: ArrayLike, delta: ArrayLike) -> Array:
    """∂L/∂W = A ⊗ δ, a narrow convolution with δ as its kernel: u × v."""
    return correlate2d(A, delta)


def grad_input(W: ArrayLike, delta: ArrayLike) -> Array:
    """∂L/∂A = δ ⊗̃ rot(W), a wide convolution: U × V."""
    u, v = ranked("W", W, 2).shape
    return correlate2d(delta, rotate(W), padding=(u - 1, v - 1))


def relu(Z: Array) -> Array:
    """The activation h of the lecture's networks."""
    return np.maximum(Z, 0)


def relu_derivative(Z: Array) -> Array:
    """The derivative h'(Z): 1 where Z is positive, else 0."""
    return (Z > 0).astype(float)


def delta_before_pooling(up: ArrayLike, Z: ArrayLike, derivative: Callable[[Array], Array] = relu_derivative) -> Array:
    """δ_l = up(δ_{l+1}) ⊙ h'(Z_l), where layer l + 1 pools; `up` comes from `pooling.up_max` or `pooling.up_mean`."""
    up, Z = ranked("up", up, 2), ranked("Z", Z, 2)
    if up.shape != Z.shape:
        refuse("up", f"shape {up.shape}", f"{Z.shape}, that of Z")
    return np.asarray(up * derivative(Z))


def delta_before_convolution(
    delta: ArrayLike, W: ArrayLike, Z: ArrayLike, derivative: Callable[[Array], Array] = relu_derivative
) -> Array:
    """δ_l = (δ_{l+1} ⊗̃ rot(W_{l+1})) ⊙ h'(Z_l), where layer l + 1 is a convolution with W_{l+1}."""
    Z = ranked("Z", Z, 2)
    back = grad_input(W, delta)
    if back.shape != Z.shape:
        refuse("delta", f"shape {np.shape(delta)}", f"that of Z, {Z.shape}, convolved with W, {np.shape(W)}")
    return np.asarray(back * derivative(Z))
