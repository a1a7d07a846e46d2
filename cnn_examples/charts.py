"""What charts are drawn with: a canvas of the slide's own pixels, words, bars, cells and a bracket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnn_examples.style import ACCENT, FAINT, INK, LETTER, PIXEL, RULE, SMALL, Colour, points

WIDE = 1152
"""The width of a slide within its margins."""


def canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """A figure of so many pixels, and its drawing area: measured in pixels, from the upper left corner."""
    figure = Figure(figsize=(width * PIXEL, height * PIXEL), facecolor="none")
    axes = figure.add_axes((0, 0, 1, 1), facecolor="none")
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    return figure, axes


def write(
    axes: Axes, x: float, y: float, text: str, *, size: float = LETTER, ink: Colour = INK, align: str = "left"
) -> None:
    """`text` in letters of `size` pixels, its middle at the height y."""
    axes.text(x, y, text, fontsize=points(size), color=ink, ha=align, va="center_baseline")


def box(axes: Axes, x: float, y: float, width: float, height: float, fill: Colour, rim: Colour = "none") -> None:
    """A rectangle whose upper left corner is x, y."""
    axes.add_patch(Rectangle((x, y), width, height, facecolor=fill, edgecolor=rim, linewidth=1.2))


def line(axes: Axes, xs: Sequence[float], ys: Sequence[float], colour: Colour = RULE, width: float = 1.2) -> None:
    """A line through points, `width` pixels wide."""
    axes.plot(xs, ys, color=colour, linewidth=points(width), solid_capstyle="butt")


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart: what it is, how long, what stands behind it, its colour, and what stands before its name."""

    name: str
    value: float
    text: str
    colour: str = ACCENT
    note: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a chart's rows stand, in pixels: the right edge of names, the left edge of notes."""

    names: float
    full: float
    """How long the longest bar is."""
    pitch: float = 44
    notes: float = 0
    size: float = LETTER


def chart(axes: Axes, rows: Sequence[Bar], layout: Layout, top: float = 0, most: float = 0) -> None:
    """Bars on one scale, of which `most`, or the largest value, has the full length; a value of zero has none."""
    most = most or max(row.value for row in rows)
    left = layout.names + 14
    for i, row in enumerate(rows):
        middle = top + (i + 0.5) * layout.pitch
        write(axes, layout.names, middle, row.name, size=layout.size, align="right")
        write(axes, layout.notes, middle, row.note, size=min(layout.size, SMALL), ink=FAINT)
        if row.value:
            length = max(row.value / most * layout.full, 2)
            box(axes, left, middle - 0.34 * layout.pitch, length, 0.68 * layout.pitch, row.colour)
            write(axes, left + length + 10, middle, row.text, size=layout.size, ink=row.colour)
