"""Filters: convolutions with kernels that were designed, not learned, on a photograph that matplotlib ships.

The photograph is the official portrait of Grace Hopper by James S. Davis, US Navy, in the public domain.
"""

from __future__ import annotations

import numpy as np
from matplotlib.cbook import get_sample_data
from PIL import Image

from cnn_examples.arrays import Array
from cnn_examples.channels import conv2d
from cnn_examples.convolution import correlate2d

MEAN = np.full((3, 3), 1 / 9)
"""Smooths: each output is the mean of nine neighbours."""
DIAGONAL = np.array([[0, 1, 1], [-1, 0, 1], [-1, -1, 0]])
"""Answers to brightness that rises towards the upper right. Turned by 180° it changes its sign."""
LAPLACIAN = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
"""f(x+1, y) + f(x-1, y) + f(x, y-1) + f(x, y+1) - 4 f(x, y)."""

NOISE = 40
"""Standard deviation of the noise on the photograph that is smoothed, where 255 is white."""
FACE, SMALL = (113, 56, 413, 356), (192, 192)
"""Left, upper, right and lower edge of the cut that the slides filter, and its size there."""


def portrait() -> Image.Image:
    """The whole photograph, 512 × 600, in colour."""
    file = get_sample_data("grace_hopper.jpg", asfileobj=False)
    with Image.open(file) as photo:
        return photo.convert("RGB")


def photograph() -> Array:
    """The cut `FACE` in grey, (192, 192), from 0 to 255: so few pixels that a slide shows each of them."""
    grey = portrait().convert("L")
    small = grey.resize(SMALL, Image.Resampling.LANCZOS, FACE)
    return np.asarray(small, float)


def noisy(photo: Array, sigma: float = NOISE, seed: int = 0) -> Array:
    """`photo` with normal noise of standard deviation `sigma`, as a camera in the dark would give it."""
    noise = np.random.default_rng(seed).normal(0, sigma, photo.shape)
    return np.asarray(np.clip(photo + noise, 0, 255))


def noise() -> dict[str, float]:
    """Standard deviation of normal noise `before` and `after` each value became the mean of nine."""
    values = np.random.default_rng(0).normal(0, NOISE, (400, 400))
    mean = conv2d(values[None, ..., None], MEAN[..., None, None])
    return {"before": float(values.std()), "after": float(mean.std())}


def smoothing() -> None:
    """The mean of nine pixels has a third of the noise of one: √9 times less."""
    noise = np.random.default_rng(0).normal(0, 40, (400, 400))
    mean = conv2d(noise[None, ..., None], MEAN[..., None, None])
    print(f"{noise.std():.1f} {mean.std():.1f}")


def laplacian_of_a_parabola() -> None:
    """Of x² + 3 y² the Laplacian is 2 + 6 everywhere; for polynomials up to the third degree the kernel is exact."""
    x, y = np.meshgrid(np.arange(5), np.arange(5), indexing="ij")
    print(correlate2d(x**2 + 3 * y**2, LAPLACIAN))


DISTANCES = (0.4, 0.2, 0.1, 0.05)
"""Between pixels, each half of the one before."""


def laplacian_errors() -> list[float]:
    """Of sin x cos y the Laplacian is -2 sin x cos y; how far the kernel is from it at 1, 2, for each distance."""

    def error(h: float) -> float:
        x = np.array([[1 - h], [1], [1 + h]])
        y = np.array([2 - h, 2, 2 + h])
        f = np.sin(x) * np.cos(y)
        return float(abs(correlate2d(f, LAPLACIAN)[0, 0] / h**2 + 2 * f[1, 1]))

    return [error(h) for h in DISTANCES]


def convergence() -> float:
    """The slope of those errors where both axes are logarithmic: 2, as half the distance is a quarter of the error."""
    slope, _ = np.polyfit(np.log(DISTANCES), np.log(laplacian_errors()), 1)
    return float(slope)
