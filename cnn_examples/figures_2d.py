"""Figures of two-dimensional convolution and of pooling: matrices as cells."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnn_examples.convolution import correlate2d, spanned
from cnn_examples.convolution_examples import INPUT, KERNEL
from cnn_examples.drawing import arrow, cell, grid, label
from cnn_examples.fractional import insert_zeros
from cnn_examples.pooling import FEATURE, max_pool, mean_pool, up_max, up_mean
from cnn_examples.style import MAGENTA, PAPER, SHADE, STRONG, TINTS, YELLOW, settings, sheet

DELTA = np.array([[4, 8], [12, 16]])
"""The errors whose way back the figure shows."""


def receptive_field(at: tuple[int, int] = (0, 0)) -> Figure:
    """The 5 × 5 input, the 3 × 3 kernel and the result; the receptive field of the output `at` is shaded."""
    z = correlate2d(INPUT, KERNEL)
    (i, j), (u, v) = at, KERNEL.shape

    def seen(row: int, column: int) -> str:
        return _ground(i <= row < i + u and j <= column < j + v)

    with settings():
        figure, axes = sheet(13.0, 5.0, 0.86)
        grid(axes, 0, 0, INPUT, fill=seen)
        for (p, q), weight in np.ndenumerate(KERNEL):
            factor = rf"$\times{{{weight}}}$"
            _factor(axes, 0.94 + j + q, 0.82 + i + p, factor)
        label(axes, 5.5, 2.5, r"$\otimes$", size=0.6)
        grid(axes, 6.0, 1.0, KERNEL)
        label(axes, 9.5, 2.5, "$=$", size=0.6)
        grid(axes, 10.0, 1.0, z, fill=lambda r, c: _ground((r, c) == at))
    return figure


def dilation() -> Figure:
    """Where the nine weights of a 3 × 3 kernel fall with dilation 1, 2 and 3, and what they span."""
    with settings():
        figure, axes = sheet(25, 8.3, 0.46)
        for panel, d in enumerate((1, 2, 3)):
            span = spanned(3, d)
            first = (7 - span) // 2
            spread = insert_zeros(np.ones((3, 3), int), d)
            seen = np.pad(np.ones((span, span), int) + spread, first)
            left = 9 * panel
            for (row, column), kind in np.ndenumerate(seen):
                ground = (PAPER, SHADE, MAGENTA)[kind]
                cell(axes, left + column, row, ground)
            name = f"空洞 {d}：感受野 {span} × {span}"
            label(axes, left + 3.5, 7.75, name, size=0.62)
    return figure


def pooling() -> Figure:
    """Four regions and what maximum and mean leave of them."""
    with settings():
        figure, axes = sheet(12.6, 4.7, 0.74)
        grid(axes, 0, 0.35, FEATURE, fill=_region, ink=STRONG)
        pools = ("最大汇聚", max_pool, 0.0), ("平均汇聚", mean_pool, 2.7)
        for name, pool, top in pools:
            arrow(axes, (4.3, 2.35), (6.7, top + 1))
            label(axes, 8.6, top + 1, name, size=0.42)
            z = pool(FEATURE)
            grid(axes, 10.6, top, z, fill=_pooled, ink=STRONG, size=0.4)
    return figure


def pooling_back() -> Figure:
    """The same regions on the way back: the maximum takes its region's error, or all share it."""
    with settings():
        figure, axes = sheet(15.4, 5.1, 0.74)
        grid(axes, 0, 1.0, DELTA, fill=_pooled, ink=STRONG)
        label(axes, 1.0, 3.6, r"$\delta_{l+1}$", size=0.55)
        backs = ("最大汇聚", up_max, 4.2), ("平均汇聚", up_mean, 11.4)
        for name, up, left in backs:
            delta = up(DELTA, FEATURE)
            grid(axes, left, 0, delta, fill=_region, ink=STRONG)
            label(axes, left + 2, 4.6, name, size=0.42)
        arrow(axes, (2.3, 2.0), (3.9, 2.0))
        label(axes, 9.8, 2.0, "或", size=0.42)
    return figure


def _ground(shaded: bool) -> str:
    return SHADE if shaded else PAPER


def _factor(axes: Axes, x: float, y: float, text: str) -> None:
    """A weight, small in the corner of the cell that it multiplies."""
    label(axes, x, y, text, size=0.28, ink=YELLOW, align="right")


def _region(row: int, column: int) -> str:
    """A tint for each 2 × 2 region."""
    return _pooled(row // 2, column // 2)


def _pooled(row: int, column: int) -> str:
    """The tint of the region that this cell stands for."""
    return TINTS[row * 2 + column]
