"""Pictures of LeNet-5: the digits, what it learned, what it sees, where it errs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnn_examples.arrays import Array
from cnn_examples.charts import WIDE, canvas, write
from cnn_examples.mnist import load_mnist
from cnn_examples.style import ACCENT, AMOUNT, INK, MARGIN, NOW, SIGNED, picture, points, settings

INVERTED = "gray_r"
SURE = (9729, 2597, 2135, 900, 9664, 2939, 3906, 6555, 5331, 2654, 2130, 9770, 1393, 1226, 1901, 3520)
"""Test pictures that the network takes for a wrong digit, and is sure of it: for the same one on processors of several
kinds. Which pictures it is surest of differs between them, and would be another figure on another machine."""


def digits() -> Figure:
    """The first of each digit in the training set."""
    (x, y), _ = load_mnist()
    with settings():
        figure, axes = panels(2, 5, side=1.15)
        for digit, place in enumerate(axes):
            picture(place, x[y == digit][0], cmap=INVERTED)
    return figure


def learned_kernels(epochs: int = 5, train: int = 60_000) -> Figure:
    """The six 5 × 5 kernels of the first layer: red where a bright pixel raises the output, blue where it lowers it."""
    from cnn_examples.trained import trained

    kernels = trained(epochs, train).model.layers[0].get_weights()[0]
    limits = (-float(np.abs(kernels).max()), float(np.abs(kernels).max()))
    with settings():
        figure, axes = panels(1, 6, side=1.75, title=0.34)
        for k, place in enumerate(axes):
            kernel = kernels[:, :, 0, k]
            picture(place, kernel, f"核 {k + 1}", cmap=SIGNED, limits=limits)
            _frame(place, kernel)
    return figure


def learning_curves(epochs: int = 5, train: int = 60_000) -> Figure:
    """Loss and accuracy after each epoch, beside what the test pictures gave in the end."""
    from cnn_examples.trained import trained

    result = trained(epochs, train)
    with settings():
        figure, axes = canvas(WIDE, 400)
        for left, name, digits in (0, "loss", "{:.3f}"), (600, "accuracy", "{:.1%}"):
            series, test = result.history[name], result.test[("loss", "accuracy").index(name)]
            write(axes, left + 20, 16, {"loss": "损失", "accuracy": "准确率"}[name])
            place = figure.add_axes(((left + 20) / WIDE, 0.13, 400 / WIDE, 0.76))
            _curve(place, series, test, digits)
    return figure


def _curve(axes: Axes, series: Sequence[float], test: float, digits: str) -> None:
    """A line through the epochs, its ends in numbers, and a dashed one where the test came out."""
    epochs = range(1, len(series) + 1)
    axes.plot(epochs, series, color=ACCENT, linewidth=2.4, marker="o", markersize=8, clip_on=False)
    axes.axhline(test, color=NOW, linewidth=1.8, linestyle=(0, (5, 3)))
    spread = (max(series) - min(series)) or 1
    axes.set(xlim=(0.8, len(series) + 0.2), ylim=(min(series) - 0.12 * spread, max(series) + 0.05 * spread))
    axes.set_xticks(epochs, [f"第 {i} 轮" for i in epochs], fontsize=points(18))
    axes.tick_params(length=0, pad=8)
    axes.set_yticks([])
    for side in "top", "right", "left":
        axes.spines[side].set_visible(False)
    near = abs(series[-1] - test) < 0.12 * spread  # or the two numbers would touch
    up = 1 if series[-1] > test else -1
    _named(axes, series[0], 1, digits.format(series[0]), ACCENT)
    _named(axes, series[-1], len(series), "训练 " + digits.format(series[-1]), ACCENT, lift=14 * up * near)
    _named(axes, test, len(series), "测试 " + digits.format(test), NOW, lift=-14 * up * near)


def _named(axes: Axes, y: float, x: float, text: str, ink: str, lift: float = 0) -> None:
    """A number behind its point, lifted by so many points of type."""
    style: dict[str, Any] = {"color": ink, "fontsize": points(22), "va": "center", "annotation_clip": False}
    axes.annotate(text, (x, y), (12, lift), textcoords="offset points", **style)


def feature_maps(epochs: int = 5, train: int = 60_000) -> Figure:
    """A test picture, the six maps that the first layer makes of it, and where each has more or less than the picture.

    A map and the picture are compared on one scale, each from nothing to its largest value.
    """
    import keras

    from cnn_examples.lenet import scaled
    from cnn_examples.trained import trained

    model = trained(epochs, train).model
    first = keras.Model(model.inputs, model.layers[0].output)
    _, (x, _) = load_mnist()
    maps = np.asarray(first.predict(scaled(x[:1]), verbose=0))[0]
    limits = (0.0, float(maps.max()))
    with settings():
        figure, axes = panels(2, 7, side=1.52, title=0.34)
        picture(axes[0], x[0], "输入", cmap=INVERTED)
        for k, (above, below) in enumerate(zip(axes[1:7], axes[8:], strict=True)):
            picture(above, maps[..., k], f"特征 {k + 1}", cmap=INVERTED, limits=limits)
            more = maps[..., k] / (maps[..., k].max() or 1) - x[0] / x[0].max()
            picture(below, more, "减去输入", cmap=SIGNED, limits=(-1, 1))
            _frame(below, more)
        axes[7].set_axis_off()
    return figure


def confusion_matrix(epochs: int = 5, train: int = 60_000) -> Figure:
    """What was taken for what: in the diagonal what is right, and only the errors are coloured."""
    from cnn_examples.trained import confusion, trained

    counts = confusion(trained(epochs, train))
    errors = counts - np.diag(counts.diagonal())
    with settings():
        figure = Figure(figsize=(6.2, 5.0), facecolor="none")
        axes = figure.add_axes((0.14, 0.15, 0.85, 0.84))
        axes.imshow(errors, cmap=AMOUNT, interpolation="none", aspect="auto")
        axes.set(xlabel="判为", ylabel="实为")
        axes.set(xticks=range(10), yticks=range(10))
        axes.tick_params(labelsize=points(20))
        for (row, column), count in np.ndenumerate(counts):
            if count:
                _count(axes, column, row, str(count), INK if row == column else NOW)
    return figure


def confident_errors(epochs: int = 5, train: int = 60_000, pictures: Sequence[int] = SURE) -> Figure:
    """Test pictures by their numbers, each with what it is and what the network takes it for."""
    from cnn_examples.trained import probabilities, trained

    x, y, p = probabilities(trained(epochs, train))
    taken = p.argmax(axis=1)
    with settings():
        figure, axes = panels(2, 8, side=1.32, title=0.34)
        for i, place in zip(pictures, axes, strict=True):
            picture(place, x[i], f"{y[i]} 判为 {taken[i]}", cmap=INVERTED)
    return figure


def _count(axes: Axes, column: int, row: int, text: str, ink: str) -> None:
    axes.text(column, row, text, ha="center", va="center", color=ink, fontsize=points(20))


def panels(rows: int, columns: int, side: float, title: float = 0, gap: float = 0.14) -> tuple[Figure, list[Axes]]:
    """A figure of squares of `side` inches, in reading order, `gap` apart, with `title` inches above each."""
    across, down = side + gap, title + side + gap
    wide, high = columns * across - gap + 2 * MARGIN, rows * down - gap + 2 * MARGIN
    figure = Figure(figsize=(wide, high), facecolor="none")
    for row, column in np.ndindex(rows, columns):
        left, lower = MARGIN + column * across, high - MARGIN - row * down - title - side
        figure.add_axes((left / wide, lower / high, side / wide, side / high))
    return figure, list(figure.axes)


def _frame(axes: Axes, pixels: Array) -> None:
    """A line around a picture whose edge may look like paper."""
    rows, columns = pixels.shape
    axes.add_patch(Rectangle((-0.5, -0.5), columns, rows, fill=False, edgecolor=INK))
