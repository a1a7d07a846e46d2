"""How figures look: Solarized colours, large labels, no ground of their own; and the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap
from matplotlib.figure import Figure

from cnn_examples.arrays import Array
from cnn_examples.font import families

INK, STRONG, FAINT, HAIR, SHADE, PAPER = "#586e75", "#2f454d", "#93a1a1", "#ddd6c1", "#eee8d5", "#fdf6e3"
RED, GREEN, BLUE, YELLOW, MAGENTA, ORANGE, VIOLET, CYAN = (
    "#d0302c", "#657a00", "#1f76b8", "#a07800", "#c92d79", "#c04614", "#5f63b8", "#1f827a",
)  # fmt: skip
TINTS = ("#f7d9cf", "#dbe8cf", "#d2e4ee", "#f6e6b4")
"""Grounds for groups of cells, light enough for any ink."""

SIGNED = LinearSegmentedColormap.from_list("signed", [BLUE, PAPER, RED])
"""Negative blue, zero paper, positive red."""
GREYS = mpl.colormaps["gray"].resampled(64)
"""More of them cannot be told apart, and take twice the room in a file."""
AMOUNT = LinearSegmentedColormap.from_list("amount", [PAPER, "#f0cfa8", "#ee8468"])


MARGIN = 0.1
"""Inches around what is drawn: a figure lies on a sheet of paper where the slide is dark."""


@contextmanager
def settings() -> Iterator[None]:
    """Matplotlib's settings for our figures; text made within keeps them."""
    ours: dict[Any, Any] = {
        "font.family": list(families()),
        "font.size": 18,
        "mathtext.fontset": "cm",
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": INK,
        "axes.unicode_minus": False,
        "xtick.color": INK,
        "ytick.color": INK,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
    }
    with mpl.rc_context(ours):
        yield


def sheet(columns: float, rows: float, unit: float = 0.5) -> tuple[Figure, Axes]:
    """A figure that is one drawing area, in cells of `unit` inches from the upper left corner within its margin."""
    figure = Figure(figsize=(columns * unit + 2 * MARGIN, rows * unit + 2 * MARGIN), facecolor="none")
    m = MARGIN / unit
    axes = figure.add_axes((0, 0, 1, 1), facecolor="none")
    axes.set(xlim=(-m, columns + m), ylim=(rows + m, -m))
    axes.set_axis_off()
    return figure, axes


def picture(
    axes: Axes,
    pixels: Array,
    title: str = "",
    *,
    cmap: str | Colormap = GREYS,
    limits: tuple[float, float] | None = None,
) -> None:
    """`pixels` in `axes` without ticks or frame, coloured from `limits`' first to its second, or over their range."""
    low, high = limits or (float(pixels.min()), float(pixels.max()))
    axes.imshow(pixels, cmap=cmap, vmin=low, vmax=high, interpolation="none")
    axes.set_axis_off()
    axes.set_title(title, fontsize=15, color=INK, pad=5)


def svg(figure: Figure) -> bytes:
    """The figure as SVG with its letters as outlines: the same bytes for the same figure."""
    out = BytesIO()
    with mpl.rc_context({"svg.hashsalt": "cnn_examples", "svg.fonttype": "path"}):
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return out.getvalue()
