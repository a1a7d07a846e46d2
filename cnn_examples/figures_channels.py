"""Figures of what a layer sees: receptive fields one in another, and the channels of a convolution as stacks."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnn_examples import counting
from cnn_examples.charts import WIDE, box, canvas, write
from cnn_examples.drawing import arrow
from cnn_examples.receptive_field import STACKS, receptive_field, weights
from cnn_examples.style import BLUE, FAINT, GREEN, GROUND, NOW, SMALL, VIOLET, settings


def nested_fields() -> Figure:
    """Receptive fields to scale, one in another, and by each how many weights it takes to see so much."""
    fields = sorted((receptive_field(layers), weights(layers), name) for name, layers in STACKS.items())
    widest = fields[-1][0]
    inks = dict(zip(sorted({field for field, *_ in fields}), (BLUE, GREEN, VIOLET, NOW), strict=True))
    with settings():
        figure, axes = canvas(WIDE, 430)
        side = 420 / widest
        for field, ink in reversed(inks.items()):
            box(axes, 5, 5, field * side, field * side, (ink, 0.16), ink)
        for i, (field, count, name) in enumerate(fields):
            y = 35 + 72 * i
            write(axes, 500, y, f"{field} × {field}", ink=inks[field])
            write(axes, 630, y, name)
            write(axes, WIDE - 4, y, f"{count} 个权重", ink=inks[field], align="right")
    return figure


def channel_stack() -> Figure:
    """LeNet-5's second convolution: six maps, sixteen kernels that see all of them, sixteen maps."""
    size = counting.layer("lenet", 3)
    k, o = size["channels"], size["kernels"]
    with settings():
        figure, axes = canvas(WIDE, 300)
        _stack(axes, 10, 40, 130, k, BLUE)
        write(axes, 100, 272, f"{size['side']} × {size['side']} × {k}", align="center")
        write(axes, 268, 120, r"$\otimes$", size=40, align="center")
        for row in range(3):
            _stack(axes, 330, 8 + 84 * row, 48, k, (GREEN, VIOLET, NOW)[row])
            name = ("核 1", "核 2", f"核 {o}")[row]
            write(axes, 432, 36 + 84 * row, f"{name}：{size['size']} × {size['size']} × {k}")
        write(axes, 354, 272, f"共 {o} 个核，各有一个偏置")
        arrow(axes, (690, 120), (790, 120))
        write(axes, 740, 92, "相加", size=SMALL, align="center")
        _outputs(axes, 830, 28, 100, o)
        write(axes, 940, 272, f"{size['output']} × {size['output']} × {o}", align="center")
    return figure


def _stack(axes: Axes, x: float, y: float, side: float, count: int, colour: str) -> None:
    """Maps one behind the other."""
    for i in range(count):
        shift = i * side * 0.07
        box(axes, x + shift, y + shift, side, side, GROUND, colour)
        box(axes, x + shift, y + shift, side, side, (colour, 0.22), colour)


def _outputs(axes: Axes, x: float, y: float, side: float, count: int) -> None:
    """As many maps as there are kernels, of which the first two and the last have their kernels' colours."""
    for i in range(count):
        colour = {0: GREEN, 1: VIOLET, count - 1: NOW}.get(i, FAINT)
        box(axes, x + i * 7.4, y + i * 7.4, side, side, GROUND, colour)
        box(axes, x + i * 7.4, y + i * 7.4, side, side, (colour, 0.22), colour)
