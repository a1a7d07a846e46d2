"""Where the classic networks have their parameters: as bars, on one scale."""

from __future__ import annotations

from matplotlib.figure import Figure

from cnn_examples import counting
from cnn_examples.charts import WIDE, Bar, Layout, box, canvas, chart, line, write
from cnn_examples.counting_examples import describe, short, sized, without_reduction
from cnn_examples.layers import Dense, Row, table
from cnn_examples.style import ACCENT, FAINT, INK, LETTER, NOW, RULE, SMALL, settings

NAMES = {"lenet": "LeNet-5", "alexnet": "AlexNet", "googlenet": "GoogLeNet"}
"""The networks by their names in `counting.NETWORKS`."""


def alexnet() -> Figure:
    """AlexNet, layer by layer: its dense layers, in another colour, have nearly all of its parameters."""
    return by_layer("alexnet", Layout(names=480, full=500, pitch=40, size=24))


def googlenet() -> Figure:
    """GoogLeNet, layer by layer."""
    return by_layer("googlenet", Layout(names=370, full=250, pitch=25.5, size=20), width=730)


def by_layer(network: str, layout: Layout, width: float = WIDE) -> Figure:
    """A bar for each layer of a network, before it what it is and the size after it."""
    rows = [_bar(row) for row in table(*counting.NETWORKS[network])]
    with settings():
        figure, axes = canvas(width, layout.pitch * len(rows) + 4)
        chart(axes, rows, layout)
    return figure


def _bar(row: Row) -> Bar:
    colour = NOW if isinstance(row.layer, Dense) else ACCENT
    return Bar(describe(row.layer), row.parameters, short(row.parameters), colour, sized(row.shape))


def three() -> Figure:
    """Three networks on one scale: convolutions and dense layers, and the share of the latter."""
    totals = {name: counting.parameters(*counting.NETWORKS[name]) for name in NAMES}
    scale = 760 / max(totals.values())
    with settings():
        figure, axes = canvas(WIDE, 420)
        for left, colour, name in (190, ACCENT, "卷积层"), (330, NOW, "全连接层"):
            box(axes, left, 12, 22, 22, colour)
            write(axes, left + 32, 24, name, ink=colour)
        for i, (network, total) in enumerate(totals.items()):
            y, dense = 70 + 100 * i, counting.dense_share(network) * total
            write(axes, 170, y + 30, NAMES[network], size=30, align="right")
            box(axes, 190, y, (total - dense) * scale, 60, ACCENT)
            box(axes, 190 + (total - dense) * scale, y, dense * scale, 60, NOW)
            share = f"{short(total)}，{dense / total:.0%}"
            write(axes, 190 + max(total * scale, 2) + 14, y + 30, share, ink=INK)
        line(axes, (190, 950), (372, 372), FAINT)
        for count in range(0, 60_000_001, 20_000_000):
            write(axes, 190 + count * scale, 396, short(count) if count else "0", size=SMALL, ink=FAINT, align="center")
            line(axes, (190 + count * scale,) * 2, (372, 380), FAINT)
    return figure


def inception() -> Figure:
    """Inception 3a with and without the 1 × 1 convolutions before 3 × 3 and 5 × 5: two bars."""
    reduced = counting.inception_parameters()
    with settings():
        figure, axes = canvas(WIDE, 170)
        rows = (
            Bar("不用 1 × 1 降维", without_reduction(), f"{without_reduction():,}", FAINT),
            Bar("先用 1 × 1 降维", reduced, f"{reduced:,}", NOW),
        )
        chart(axes, rows, Layout(names=260, full=680, pitch=80, size=LETTER + 2), top=5)
        line(axes, (274, 274), (5, 165), RULE)
    return figure
