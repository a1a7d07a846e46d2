"""What an output may be: an example of each kind for the guide, which shows them without their code.

Alone of the package this module imports kejian: what a table or a step is, only a slide knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from cnn_examples import counting, layers
from cnn_examples.charts import canvas
from cnn_examples.convolution import output_size
from cnn_examples.convolution_examples import two_dimensional
from cnn_examples.style import ACCENT, FAINT, GREEN, INK, NOW, RULE, points, settings
from kejian import step, table

if TYPE_CHECKING:
    from kejian.examples.child.kejian_tables import Table

NAMES = {"lenet": "LeNet-5", "alexnet": "AlexNet", "googlenet": "GoogLeNet"}


def parameters() -> Table:
    """LeNet-5 各层的参数：数字带千位分隔，最后一列带条"""
    rows = list(layers.table(*counting.NETWORKS["lenet"]))
    whole = sum(row.parameters for row in rows)
    return table(
        [(type(row.layer).__name__, row.shape[-1], row.parameters, row.parameters / whole) for row in rows],
        ("层 layer", "输出 outputs", "参数 parameters", "占比 share"),
        total=("合计 all", "", whole, 1.0),
        formats={2: ",", 3: ".1%"},
        bars=[3],
    )


def shares() -> object:
    """三个网络的参数在哪里：卷积层与全连接层各占多少"""
    import altair as alt

    rows = []
    for network, name in NAMES.items():
        dense = counting.dense_share(network)
        rows += [{"网络": name, "层": "卷积", "占比": 1 - dense}, {"网络": name, "层": "全连接", "占比": dense}]
    chart = alt.Chart(alt.InlineData(rows), width=440, height=150).mark_bar()
    drawn = chart.encode(
        x=alt.X("占比:Q", axis=alt.Axis(format="%")),
        y=alt.Y("网络:N", sort=list(NAMES.values()), title=None),
        color=alt.Color("层:N", scale=alt.Scale(domain=["卷积", "全连接"], range=[ACCENT, NOW]), title=None),
    )
    return drawn.configure_axis(labelFontSize=15, titleFontSize=15).configure_legend(labelFontSize=15)


def equation() -> str:
    """算出来的矩阵，写成公式"""
    rows = (" & ".join(f"{value:g}" for value in row) for row in two_dimensional())
    return r"X \otimes W = \begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"


def checked() -> None:
    """终端里的颜色：每种卷积一行，尺寸不变的是绿的"""
    for size, padding in (3, 1), (5, 1), (5, 2), (7, 3):
        side = output_size(28, size, p=padding)
        colour, mark = (32, "✓ 不变") if side == 28 else (31, f"✗ 变为 {side}")
        print(f"核 {size} × {size}，补零 {padding}：\033[1;{colour}m{mark}\033[0m")


def strides() -> Figure:
    """步长越大，输出越短：每一步多一条线"""
    with settings():
        figure, axes = canvas(900, 330)
        axes.plot((70, 830), (300, 300), color=RULE)
        axes.text(450, 318, "输入长 n", fontsize=points(22), color=FAINT, ha="center", va="center")
        for number, (stride, colour) in enumerate(((1, ACCENT), (2, GREEN), (3, NOW)), 1):
            lengths = [output_size(n, 3, stride) for n in range(3, 28)]
            ends = [300 - 10 * length for length in lengths]
            (line,) = axes.plot([70 + 28 * k for k in range(25)], ends, color=colour, linewidth=3)
            name = axes.text(760, ends[-1], f"步长 {stride}", fontsize=points(26), color=colour, va="center")
            step(number, line, name)
        axes.text(40, 60, "输出长", fontsize=points(22), color=INK, ha="left", va="center")
    return figure
