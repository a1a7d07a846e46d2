"""Figures of derivatives: why the order of ⊗ matters."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnn_examples.arrays import Array
from cnn_examples.backprop_examples import the_order_matters
from cnn_examples.drawing import arrow, grid, label
from cnn_examples.style import NOW, PAPER, SHADE, settings, sheet


def order_matters() -> Figure:
    """The wide convolution with its operands in either order: one result is the other turned by 180°."""
    right, swapped = the_order_matters()
    with settings():
        figure, axes = sheet(20.6, 5.2, 0.56)
        _named(axes, 4.0, r"$\delta \,\widetilde{\otimes}\, \mathrm{rot}(W)$", right)
        _named(axes, 13.0, r"$\mathrm{rot}(W) \,\widetilde{\otimes}\, \delta$", swapped)
        arrow(axes, (8.6, 2.0), (12.4, 2.0), NOW)
        label(axes, 10.5, 1.35, "转 180°", size=0.5, ink=NOW)
    return figure


def _named(axes: Axes, left: float, name: str, values: Array) -> None:
    """A matrix whose numbers but zeros are shaded, and its name below."""
    grid(axes, left, 0, values, fill=lambda row, column: SHADE if values[row, column] else PAPER)
    label(axes, left + 2, 4.65, name, size=0.56)
