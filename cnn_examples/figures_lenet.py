"""LeNet-5 to scale: each square is one feature map, as large as it is beside the others."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnn_examples.counting import LENET
from cnn_examples.drawing import arrow, label
from cnn_examples.layers import Convolution, Layer, Pooling, Row, Shape, table
from cnn_examples.style import FAINT, GROUND, INK, NOW, SHADE, TINTS, Colour, settings, sheet

STEP = 0.42
"""How far a feature map is drawn from the one before it, in pixels of the network's input."""
MIDDLE, GAP, TYPE, LINE = 37.0, 23.0, 6.4, 7.2


def pipeline() -> Figure:
    """From the picture to ten classes: sizes above, operations and their parameters below."""
    shapes: list[Shape] = [(28, 28, 1)]
    rows = list(table(LENET, shapes[0]))
    shapes += [row.shape for row in rows]
    with settings():
        figure, axes = sheet(272, 82, 0.044)
        x = 1.0
        for i, shape in enumerate(shapes):
            tint = _tint(rows[i - 1].layer) if i else TINTS[2]
            right = x + _maps(axes, x, shape, tint)
            _size(axes, (x + right) / 2, shape)
            if i < len(rows):
                _operation(axes, right + GAP / 2, rows[i])
            x = right + GAP
    return figure


def _maps(axes: Axes, x: float, shape: Shape, tint: Colour) -> float:
    """One square behind the other, or a column of neurons, around the middle line; returns their width."""
    flat = len(shape) == 1 or shape[0] == 1
    side, count = (1, shape[-1]) if flat else (shape[0], shape[2])
    step = 0.34 if flat else STEP
    reach = side + step * (count - 1)
    for i in range(count):
        corner = (x + (0 if flat else step * i), MIDDLE - reach / 2 + step * i)
        axes.add_patch(Rectangle(corner, side, side, facecolor=GROUND))
        axes.add_patch(Rectangle(corner, side, side, facecolor=tint, edgecolor=INK, linewidth=0.6))
    return 1 if flat else reach


def _size(axes: Axes, x: float, shape: Shape) -> None:
    """Height and width above, the number of maps or neurons below."""
    if len(shape) == 3:
        label(axes, x, 3.2, f"{shape[0]}×{shape[1]}", size=TYPE)
    label(axes, x, 3.2 + LINE, f"×{shape[2]}" if len(shape) == 3 else f"{shape[0]}", size=TYPE)


def _operation(axes: Axes, x: float, row: Row) -> None:
    """An arrow around x, and under it what happens and how many parameters it takes."""
    arrow(axes, (x - 7, MIDDLE), (x + 7, MIDDLE))
    for line, text in enumerate(_name(row.layer)):
        label(axes, x, 63.5 + line * LINE, text, size=TYPE)
    label(axes, x, 63.5 + 2 * LINE, f"{row.parameters:,}", size=TYPE, ink=NOW if row.parameters else FAINT)


def _name(layer: Layer) -> tuple[str, str]:
    match layer:
        case Convolution(size):
            return "卷积", f"{size}×{size}"
        case Pooling(size):
            return "汇聚", f"{size}×{size}"
        case _:
            return "", "全连接"


def _tint(layer: Layer) -> Colour:
    match layer:
        case Convolution():
            return TINTS[0]
        case Pooling():
            return TINTS[1]
        case _:
            return SHADE
