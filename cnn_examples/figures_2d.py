"""Figures of two-dimensional convolution and of pooling: matrices as cells."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnn_examples.arrays import Array
from cnn_examples.convolution import correlate2d, spanned
from cnn_examples.convolution_examples import INPUT, KERNEL, convolution_matrix
from cnn_examples.drawing import Fill, arrow, cell, grid, label, number, products
from cnn_examples.fractional import insert_zeros
from cnn_examples.pooling import FEATURE, SPOTS, max_pool, mean_pool, up_max, up_mean
from cnn_examples.style import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    NOW,
    PAPER,
    RED,
    SHADE,
    STRONG,
    TINTS,
    Colour,
    settings,
    sheet,
)

DELTA = np.array([[4, 8], [12, 16]])
"""The errors whose way back the figure shows."""


def kernel_steps() -> Iterator[Figure]:
    """The kernel's nine places, one after another: what it sees, the sum below, the result that fills up."""
    for at in np.ndindex(correlate2d(INPUT, KERNEL).shape):
        yield receptive_field(at)


def receptive_field(at: tuple[int, int] = (0, 0)) -> Figure:
    """The input, the kernel and the result up to the output `at`, whose receptive field is shaded, its sum below."""
    z = correlate2d(INPUT, KERNEL)
    (i, j), (u, v) = at, KERNEL.shape
    seen = INPUT[i : i + u, j : j + v]

    def ground(row: int, column: int) -> Colour:
        return SHADE if i <= row < i + u and j <= column < j + v else PAPER

    with settings():
        figure, axes = sheet(13.0, 5.0, 0.88)
        grid(axes, 0, 0, INPUT, fill=ground)
        for (p, q), weight in np.ndenumerate(KERNEL):
            if weight:
                _corner(axes, 0.95 + j + q, 0.84 + i + p, rf"$\times{{{_signed(weight)}}}$")
        label(axes, 5.5, 2.5, r"$\otimes$", size=0.6)
        grid(axes, 6.0, 1.0, KERNEL, fill=lambda r, c: SHADE if KERNEL[r, c] else PAPER)
        label(axes, 9.5, 2.5, "$=$", size=0.6)
        _filled(axes, 10.0, 1.0, z, at)
        _frame(axes, j, i, v, u)
        label(axes, 13.0, 4.7, products(seen, KERNEL, z[at]), size=0.36, ink=NOW, align="right")
    return figure


def _filled(axes: Axes, x: float, y: float, z: Array, at: tuple[int, int]) -> None:
    """The result as far as the output `at`, which is framed."""
    for row, column in np.ndindex(z.shape):
        cell(axes, x + column, y + row, SHADE if (row, column) == at else PAPER)
        if (row, column) <= at:
            ink = NOW if (row, column) == at else INK
            label(axes, x + column + 0.5, y + row + 0.5, number(float(z[row, column])), size=0.42, ink=ink)
    _frame(axes, x + at[1], y + at[0], 1, 1)


def _frame(axes: Axes, x: float, y: float, columns: int, rows: int) -> None:
    axes.add_patch(Rectangle((x, y), columns, rows, fill=False, edgecolor=NOW, linewidth=3))


def _signed(weight: float) -> str:
    return f"({weight})" if weight < 0 else f"{weight}"


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
                ground = (PAPER, SHADE, NOW)[kind]
                cell(axes, left + column, row, ground)
            name = f"空洞 {d}：感受野 {span} × {span}"
            label(axes, left + 3.5, 7.8, name, size=0.58)
    return figure


def matrix_and_transpose() -> Figure:
    """The matrix of a convolution with step 2 and its transpose: the same weights, by row and by column."""
    A, w = convolution_matrix()
    with settings():
        figure, axes = sheet(21.2, 7.6, 0.56)
        _weighted(axes, 2.0, 2.0, A, w)
        label(axes, 1.0, 3.5, "$A=$", size=0.7)
        label(axes, 5.5, 6.1, f"卷积：{A.shape[1]} 个变 {A.shape[0]} 个", size=0.48)
        _weighted(axes, 15.0, 0.0, A.T, w)
        label(axes, 13.6, 3.5, r"$A^{\top}=$", size=0.7)
        label(axes, 18.6, 3.5, f"微步卷积：\n{A.shape[0]} 个变 {A.shape[1]} 个", size=0.48, align="left")
    return figure


def _weighted(axes: Axes, x: float, y: float, matrix: Array, w: Array) -> None:
    """A matrix whose entries have the colours of the weights that they are; zeros stay empty."""
    inks = dict(zip(w, (RED, GREEN, BLUE), strict=True))
    tints: dict[int, Colour] = dict(zip(w, TINTS, strict=False))
    for (row, column), value in np.ndenumerate(matrix):
        cell(axes, x + column, y + row, tints.get(value, PAPER))
        if value:
            label(axes, x + column + 0.5, y + row + 0.5, number(value), size=0.5, ink=inks[value])


def three_shifts() -> Figure:
    """A picture, moved by one and by two: within its region the maximum stays, beyond it does not."""
    x = SPOTS
    before = max_pool(x)
    with settings():
        figure, axes = sheet(24.4, 8.4, 0.48)
        for panel, shift in enumerate((0, 1, 2)):
            moved = np.roll(x, shift, axis=1)
            left, pooled = 9.2 * panel, max_pool(moved)
            name = f"右移 {shift} 格" if shift else "原图"
            label(axes, left + 3, 0.4, name, size=0.56)
            _spots(axes, left, 1.1, moved, _checkered)
            arrow(axes, (left + 3, 5.3), (left + 3, 6.1))
            _spots(axes, left + 1.5, 6.3, pooled, _changed(pooled != before))
            if shift:
                text, ink = ("不变", GREEN) if np.array_equal(pooled, before) else ("变了", NOW)
                label(axes, left + 4.7, 7.3, text, size=0.5, ink=ink, align="left")
    return figure


def _spots(axes: Axes, x: float, y: float, values: Array, fill: Fill) -> None:
    """Numbers in cells, zeros faint."""
    for (row, column), value in np.ndenumerate(values):
        cell(axes, x + column, y + row, fill(row, column))
        label(axes, x + column + 0.5, y + row + 0.5, number(value), size=0.5, ink=NOW if value else FAINT)


def _changed(marks: Array) -> Fill:
    """A ground for the cells that are marked."""
    return lambda row, column: TINTS[0] if marks[row, column] else PAPER


def _checkered(row: int, column: int) -> Colour:
    """Every other 2 × 2 region on a ground."""
    return SHADE if (row // 2 + column // 2) % 2 else PAPER


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


def _corner(axes: Axes, x: float, y: float, text: str) -> None:
    """A weight, small in the corner of the cell that it multiplies."""
    label(axes, x, y, text, size=0.27, ink=NOW, align="right")


def _region(row: int, column: int) -> Colour:
    """A tint for each 2 × 2 region."""
    return _pooled(row // 2, column // 2)


def _pooled(row: int, column: int) -> Colour:
    """The tint of the region that this cell stands for."""
    return TINTS[row * 2 + column]
