"""How the Laplacian's kernel comes about, and how its error falls with the distance of the pixels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnn_examples.charts import canvas, write
from cnn_examples.drawing import cell, label, number
from cnn_examples.filters import DISTANCES, LAPLACIAN, convergence, laplacian_errors
from cnn_examples.style import ACCENT, BLUE, FAINT, GREEN, INK, NOW, PAPER, RED, SHADE, SMALL, VIOLET, settings, sheet

TERMS = (
    ("$f(x+1,y)$", (2, 1), BLUE),
    ("$f(x-1,y)$", (0, 1), GREEN),
    ("$f(x,y+1)$", (1, 2), VIOLET),
    ("$f(x,y-1)$", (1, 0), INK),
    ("$f(x,y)$", (1, 1), RED),
)
"""The five values of the sum, each with its row and column in the kernel and its colour."""


def coefficients() -> Iterator[Figure]:
    """The five coefficients take their places in the kernel, one after another."""
    for count in range(1, len(TERMS) + 1):
        yield placed(count)


def placed(count: int) -> Figure:
    """The first `count` terms at the left, and their coefficients in the kernel's cells."""
    with settings():
        figure, axes = sheet(10.4, 4.4, 0.9)
        for row, column in np.ndindex(LAPLACIAN.shape):
            cell(axes, 7 + column, 0.7 + row, PAPER)
        for i, (term, at, ink) in enumerate(TERMS):
            new = i == count - 1
            y = 0.4 + 0.9 * i
            label(axes, 1.0, y, number(LAPLACIAN[at]) if i < count else "", size=0.36, ink=ink, align="right")
            label(axes, 1.2, y, term, size=0.36, ink=ink if i < count else FAINT, align="left")
            if i < count:
                _take_place(axes, at, ink, new=new)
        label(axes, 5.4, 2.2, r"$\Rightarrow$", size=0.6)
    return figure


def _take_place(axes: Axes, at: tuple[int, int], ink: str, *, new: bool) -> None:
    row, column = at
    cell(axes, 7 + column, 0.7 + row, SHADE if new else (ink, 0.16))
    label(axes, 7.5 + column, 1.2 + row, number(LAPLACIAN[at]), size=0.42, ink=ink)


def slope() -> Figure:
    """The error over the distance, both axes logarithmic: a straight line of slope 2."""
    errors = laplacian_errors()
    with settings():
        figure, axes = canvas(700, 430)
        plot = figure.add_axes((0.16, 0.17, 0.8, 0.79))
        plot.loglog(DISTANCES, errors, color=ACCENT, linewidth=2.4, marker="o", markersize=9)
        plot.set(xlim=(0.04, 0.5), ylim=(min(errors) / 2, max(errors) * 2.2))
        plot.set_xticks(DISTANCES, [f"{h:g}" for h in DISTANCES], fontsize=16.5)
        plot.set_xticks([], minor=True)
        plot.tick_params(labelsize=16.5, length=0)
        plot.grid(color=FAINT, alpha=0.25)
        for side in "top", "right":
            plot.spines[side].set_visible(False)
        write(axes, 700 * 0.96, 414, "间隔 $h$", size=SMALL, align="right")
        write(axes, 130, 26, "误差", size=SMALL)
        _triangle(plot, errors[2], errors[1])
    return figure


def _triangle(plot: Axes, low: float, high: float) -> None:
    """One step of the line: the distance doubles, the error is four times as large; and the slope of all of it."""
    (left, right) = DISTANCES[2], DISTANCES[1]
    plot.plot([left, right, right], [low, low, high], color=NOW, linewidth=2)
    style: dict[str, Any] = {"color": NOW, "fontsize": 18}
    plot.text((left * right) ** 0.5, low / 1.25, f"× {right / left:g}", ha="center", va="top", **style)
    plot.text(right * 1.06, (low * high) ** 0.5, f"× {high / low:.2f}", ha="left", va="center", **style)
    plot.text(DISTANCES[2], high * 2.2, f"斜率 {convergence():.2f}", ha="right", va="center", fontsize=19.5, color=NOW)
