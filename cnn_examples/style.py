"""How figures look: the slides' colours, large letters, no ground of their own; and the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap, to_rgba
from matplotlib.figure import Figure

from cnn_examples.arrays import Array
from cnn_examples.font import families

INK, STRONG, FAINT, RULE = "#22343b", "#073642", "#5f6f72", "#c9bfa4"
"""The slides' own: letters, titles, what is quiet, lines of tables. A dark slide puts its own in their place."""
ACCENT, NOW, SHADE = "#186cab", "#c42724", "#f6e6b4"
"""What is structure, the one thing that is spoken of, and the ground of what is looked at."""
RED, GREEN, BLUE, YELLOW, VIOLET = NOW, "#576900", ACCENT, "#8a6500", "#5a5eb4"
"""Five kinds of things, as `\\class{red}` and its like colour them in a formula beside the figure."""
PAPER, GROUND = "none", "#fdf6e3"
"""Nothing, and the slide's own ground, for what covers what lies behind it."""
Colour = str | tuple[str, float]
"""A colour, or one and how much of it covers what is below."""
TINTS: tuple[Colour, ...] = ((RED, 0.2), (GREEN, 0.2), (BLUE, 0.2), (YELLOW, 0.24))
"""Grounds for groups of cells: so little of a colour that letters stand out from it, on light slides and dark ones."""


def _fading(name: str, *colours: Colour) -> LinearSegmentedColormap:
    return LinearSegmentedColormap.from_list(name, [to_rgba(colour) for colour in colours])


SIGNED = _fading("signed", BLUE, (BLUE, 0.0), (RED, 0.0), RED)
"""Negative blue, zero nothing, positive red."""
GREYS = mpl.colormaps["gray"].resampled(64)
"""More of them cannot be told apart, and take twice the room in a file."""
AMOUNT = _fading("amount", (RED, 0.0), (RED, 0.55))


PIXEL = 1 / 96
"""A pixel of a slide in inches: so a figure is as large as it is drawn."""
LETTER, SMALL = 26, 22
"""The letters of a figure in pixels, and the smallest."""
MARGIN = 0.03
"""Inches around what is drawn, for the outer half of its lines."""


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


def points(pixels: float) -> float:
    """The size of letters as matplotlib takes it."""
    return 0.75 * pixels


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
    axes.set_title(title, fontsize=points(SMALL), color=INK, pad=6)


def svg(figure: Figure) -> bytes:
    """The figure as SVG with its letters as outlines: the same bytes for the same figure."""
    out = BytesIO()
    with mpl.rc_context({"svg.hashsalt": "cnn_examples", "svg.fonttype": "path"}):
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return out.getvalue()
