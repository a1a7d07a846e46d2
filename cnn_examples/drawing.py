"""What figures are drawn with: cells with numbers, layers of neurons, connections coloured by their weight."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Rectangle
from numpy.typing import ArrayLike

from cnn_examples.style import FAINT, INK, PAPER, STRONG, Colour

Fill = Callable[[int, int], Colour]
"""The ground of the cell in a row and a column."""


def plain(_row: int, _column: int) -> Colour:
    """Paper everywhere."""
    return PAPER


def number(value: float) -> str:
    """A number as a formula: whole, with one decimal, or as a fraction of small numbers."""
    part = Fraction(float(value)).limit_denominator(16)
    if part.denominator == 1:
        return f"${part.numerator}$"
    if abs(part - Fraction(float(value))) < 1e-9 and part.denominator not in (2, 4, 5, 8, 10, 16):
        return rf"$\frac{{{part.numerator}}}{{{part.denominator}}}$"
    return f"${value:.3g}$"


def products(values: ArrayLike, weights: ArrayLike, total: float) -> str:
    """A weighted sum as a formula that leaves out what is multiplied by zero; `total` is what it comes to."""
    pairs = zip(np.ravel(values), np.ravel(weights), strict=True)
    terms = [rf"{_factor(x)} \times {_factor(w)}" for x, w in pairs if w]
    return f"${' + '.join(terms) or '0'} = {total:g}$"


def _factor(value: float) -> str:
    return f"({value:g})" if value < 0 else f"{value:g}"


def label(
    axes: Axes, x: float, y: float, text: str, *, size: float = 0.5, ink: Colour = INK, align: str = "center"
) -> None:
    """`text` around the point x, y, or left of it for `align="right"`; `size` is its height in cells."""
    inches = axes.get_window_extent().width / axes.figure.dpi
    points = 72 * inches / abs(axes.get_xlim()[1] - axes.get_xlim()[0]) * size
    axes.text(x, y, text, fontsize=points, color=ink, ha=align, va="center_baseline")


def cell(axes: Axes, x: float, y: float, ground: Colour) -> None:
    """A unit cell whose upper left corner is x, y."""
    axes.add_patch(Rectangle((x, y), 1, 1, facecolor=ground, edgecolor=INK, linewidth=1.2))


def grid(
    axes: Axes, x: float, y: float, values: ArrayLike, *, fill: Fill = plain, ink: Colour = INK, size: float = 0.42
) -> None:
    """A matrix as unit cells whose upper left corner is x, y."""
    for (row, column), value in np.ndenumerate(np.asarray(values)):
        cell(axes, x + column, y + row, fill(row, column))
        label(axes, x + column + 0.5, y + row + 0.5, number(value), size=size, ink=ink)


def neurons(axes: Axes, x: float, y: float, texts: Sequence[str], gap: float, faint: Sequence[bool] = ()) -> None:
    """A layer: circles `gap` apart from x, y on; those that are `faint` stand for zeros that were put in."""
    for i, text in enumerate(texts):
        added = bool(faint) and faint[i]
        rim = FAINT if added else INK
        circle = Circle((x + i * gap, y), 0.5, facecolor=PAPER, edgecolor=rim, linewidth=1.5)
        circle.set_linestyle((0, (3, 2)) if added else "solid")
        axes.add_patch(circle)
        label(axes, x + i * gap, y, text, size=0.52, ink=FAINT if added else INK)


def connections(outputs: int, size: int, stride: int = 1, dilation: int = 1) -> Iterator[tuple[int, int, int]]:
    """(output, weight, input) of a convolution layer, each counted from zero."""
    for output in range(outputs):
        for weight in range(size):
            yield output, weight, stride * output + dilation * weight


def connect(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: Colour) -> None:
    """A line from one neuron's rim to another's."""
    (x, y), (u, v) = start, end
    length = float(np.hypot(u - x, v - y))
    dx, dy = 0.5 * (u - x) / length, 0.5 * (v - y) / length
    axes.plot([x + dx, u - dx], [y + dy, v - dy], color=colour, linewidth=2.6, zorder=1, solid_capstyle="round")


def arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: Colour = STRONG) -> None:
    """An arrow from one point to another."""
    shape = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.8, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", end, start, arrowprops=shape)
