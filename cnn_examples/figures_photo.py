"""A photograph, a kernel, and what their convolution shows."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnn_examples.arrays import Array
from cnn_examples.channels import conv2d
from cnn_examples.charts import WIDE, canvas, write
from cnn_examples.drawing import grid, label
from cnn_examples.filters import DIAGONAL, LAPLACIAN, MEAN, noise, noisy, photograph, portrait
from cnn_examples.style import NOW, SMALL, picture, settings, sheet

GREY = (0.0, 255.0)


def filtered(photo: Array, kernel: Array) -> Array:
    """`photo` ⊗ `kernel` of two matrices, by the fast convolution."""
    return conv2d(photo[None, ..., None], kernel[..., None, None])[0, ..., 0]


def classified() -> Figure:
    """The portrait that the trained networks are shown."""
    small = portrait().resize((320, 375))
    figure = Figure(figsize=(3.2, 3.75), facecolor="none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.imshow(small)
    axes.set_axis_off()
    return figure


INSET = (76, 70)
"""Row and column where nine by nine pixels are enlarged: the rim of the glasses."""


def smoothing() -> Figure:
    """A noisy photograph and the mean of each pixel's neighbourhood, with nine by nine pixels of both enlarged."""
    photo = noisy(photograph())
    mean = filtered(photo, MEAN)
    with settings():
        figure, axes = canvas(WIDE, 420)
        for left, pixels, shift, name in (0, photo, 0, "9 × 9 个像素"), (612, mean, 1, "平均之后"):
            row, column = INSET[0] - shift, INSET[1] - shift  # the result begins a pixel further in
            _square(_place(axes, (left, 0, 360, 360), pixels), row, column)
            _square(_place(axes, (left + 384, 0, 156, 156), pixels[row : row + 9, column : column + 9]), 0, 0)
            write(axes, left + 384, 182, name, size=SMALL)
        write(axes, 0, 394, f"噪声的标准差 {noise()['before']:.0f}")
        write(axes, 612, 394, f"噪声的标准差 {noise()['after']:.1f}", ink=NOW)
        write(axes, 576, 180, r"$\to$", size=40, align="center")
    return figure


def _square(place: Axes, row: int, column: int) -> None:
    """A line around the nine by nine pixels that are enlarged."""
    place.add_patch(Rectangle((column - 0.5, row - 0.5), 9, 9, fill=False, edgecolor=NOW, linewidth=3))


def _place(axes: Axes, at: tuple[float, float, float, float], pixels: Array) -> Axes:
    """A picture in a canvas, from x, y on, so wide and high; grey from black to white."""
    x, y, width, height = at
    wide, high = axes.get_xlim()[1], axes.get_ylim()[0]
    place = axes.figure.add_axes((x / wide, 1 - (y + height) / high, width / wide, height / high))
    picture(place, pixels, limits=GREY)
    return place


def directional_edges() -> Figure:
    """Where brightness changes along one diagonal: light where it rises, dark where it falls."""
    photo = photograph()
    return equation(photo, DIAGONAL, filtered(photo, DIAGONAL))


def laplacian_edges() -> Figure:
    """Where brightness bends, whatever the direction."""
    photo = photograph()
    return equation(photo, LAPLACIAN, filtered(photo, LAPLACIAN))


def correlation_or_convolution() -> Figure:
    """The directional kernel as it is and turned by 180°: light and dark change places, and their sum is nothing."""
    photo = photograph()
    correlation = filtered(photo, DIAGONAL)
    convolution = filtered(photo, DIAGONAL[::-1, ::-1])
    results = {
        "互相关": correlation,
        "卷积（核转 180°）": convolution,
        "两者之和": correlation + convolution,
    }
    with settings():
        figure, axes = sheet(20.8, 7.4, 0.57)
        for panel, (name, pixels) in enumerate(results.items()):
            left = 7.1 * panel
            _photo(axes, left, 0, pixels, symmetric(correlation))
            label(axes, left + 3.3, 7.05, name, size=0.52)
    return figure


def equation(photo: Array, kernel: Array, result: Array, limits: tuple[float, float] | None = None) -> Figure:
    """`photo` ⊗ `kernel` = `result`, grey where it is zero unless `limits` say what is black and what white."""
    with settings():
        figure, axes = sheet(19.2, 6.6, 0.62)
        _photo(axes, 0, 0, photo, GREY)
        label(axes, 7.35, 3.3, r"$\otimes$", size=0.9)
        grid(axes, 8.1, 1.8, kernel, size=0.56)
        label(axes, 11.85, 3.3, "$=$", size=0.9)
        _photo(axes, 12.6, 0, result, limits or symmetric(result))
    return figure


def symmetric(result: Array) -> tuple[float, float]:
    """Limits with zero in the middle, beyond which lies one value in a hundred."""
    most = float(np.quantile(np.abs(result), 0.99))
    return (-most, most)


def _photo(axes: Axes, x: float, y: float, pixels: Array, limits: tuple[float, float]) -> None:
    (left, right), (lower, upper) = axes.get_xlim(), axes.get_ylim()
    columns, rows = right - left, lower - upper
    place = axes.figure.add_axes(((x - left) / columns, (lower - y - 6.6) / rows, 6.6 / columns, 6.6 / rows))
    picture(place, pixels, limits=limits)
