"""Pictures of LeNet-5: the digits, what it learned, what it sees, where it errs."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnn_examples.arrays import Array
from cnn_examples.mnist import load_mnist
from cnn_examples.style import AMOUNT, FAINT, HAIR, INK, MARGIN, SIGNED, STRONG, picture, settings

INVERTED = "gray_r"


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


def feature_maps(epochs: int = 5, train: int = 60_000) -> Figure:
    """A test picture, and the six maps that the first layer makes of it."""
    import keras

    from cnn_examples.lenet import scaled
    from cnn_examples.trained import trained

    model = trained(epochs, train).model
    first = keras.Model(model.inputs, model.layers[0].output)
    _, (x, _) = load_mnist()
    maps = np.asarray(first.predict(scaled(x[:1]), verbose=0))[0]
    limits = (0.0, float(maps.max()))
    with settings():
        figure, axes = panels(1, 7, side=1.5, title=0.34)
        picture(axes[0], x[0], "输入", cmap=INVERTED)
        for k, place in enumerate(axes[1:]):
            name = f"特征 {k + 1}"
            picture(place, maps[..., k], name, cmap=INVERTED, limits=limits)
    return figure


def confusion_matrix(epochs: int = 5, train: int = 60_000) -> Figure:
    """What was taken for what; only the errors are coloured."""
    from cnn_examples.trained import confusion, trained

    counts = confusion(trained(epochs, train))
    errors = counts - np.diag(counts.diagonal())
    with settings():
        figure = Figure(figsize=(5.8, 5.7), facecolor="none")
        axes = figure.add_axes((0.15, 0.14, 0.84, 0.85))
        axes.imshow(errors, cmap=AMOUNT, interpolation="none")
        axes.set(xlabel="判为", ylabel="实为")
        axes.set(xticks=range(10), yticks=range(10))
        for (row, column), count in np.ndenumerate(counts):
            ink = FAINT if row == column else STRONG if count else HAIR
            _count(axes, column, row, str(count), ink)
    return figure


def confident_errors(epochs: int = 5, train: int = 60_000) -> Figure:
    """The sixteen errors that the network was surest of, with what it is and what it was taken for."""
    from cnn_examples.trained import probabilities, trained

    x, y, p = probabilities(trained(epochs, train))
    taken, sure = p.argmax(axis=1), p.max(axis=1)
    wrong = np.flatnonzero(taken != y)
    worst = wrong[np.argsort(-sure[wrong], kind="stable")][:16]
    with settings():
        figure, axes = panels(2, 8, side=1.32, title=0.34)
        for i, place in zip(worst, axes, strict=False):
            picture(place, x[i], f"{y[i]} 判为 {taken[i]}", cmap=INVERTED)
    return figure


def _count(axes: Axes, column: int, row: int, text: str, ink: str) -> None:
    axes.text(column, row, text, ha="center", va="center", color=ink, fontsize=13)


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
