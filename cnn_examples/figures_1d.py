"""Figures of one-dimensional convolution: neurons, and connections whose colour is their weight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch

from cnn_examples.arrays import Array
from cnn_examples.charts import WIDE, canvas, write
from cnn_examples.convolution import correlate1d, padding_of
from cnn_examples.convolution_examples import NINE, THREE
from cnn_examples.drawing import cell, connect, connections, label, neurons, number, products
from cnn_examples.fractional import fractional1d, insert_zeros
from cnn_examples.style import ACCENT, BLUE, FAINT, GREEN, INK, NOW, RED, RULE, SHADE, SMALL, settings, sheet

WEIGHTS = (RED, GREEN, BLUE)
"""The colours of w_1, w_2 and w_3."""
GAP, HIGH, LOW, UNIT = 1.6, 0.8, 4.0, 0.6


def shared_weights() -> Figure:
    """Six inputs, four outputs, three weights that all outputs share."""
    x = [f"$x_{i}$" for i in range(1, 7)]
    a = [f"$a_{i}$" for i in range(1, 5)]
    with settings():
        figure, axes = sheet(12.4, 4.8, UNIT)
        _layers(axes, x, a, Sliding(np.zeros(6, bool)))
        for m, colour in enumerate(WEIGHTS):
            y = 1.2 + 1.2 * m
            label(axes, 11.4, y, f"$w_{m + 1}$", size=0.6, ink=colour)
    return figure


@dataclass(frozen=True, slots=True)
class Sliding:
    """How a kernel slides: which inputs are zeros that were put in, its step, its dilation, and at which output it is.

    Without `at` all outputs are there; with it those up to that one, and only its connections are coloured.
    """

    zeros: Array
    stride: int = 1
    dilation: int = 1
    at: int | None = None


def stride() -> Iterator[Figure]:
    """A kernel that moves on by two, window by window: (7 - 3) / 2 + 1 = 3 outputs."""
    x, w = np.array([1, 1, -1, 1, 2, 1, -1]), np.array([1, 0, -1])
    a = correlate1d(x, w, stride=2)
    for at in range(len(a)):
        yield layer(x, w, a, Sliding(np.zeros(7, bool), stride=2, at=at))


def padding() -> Iterator[Figure]:
    """A zero at either end, window by window: (5 - 3 + 2) / 1 + 1 = 5 outputs of 5 inputs."""
    x, w = np.array([1, 1, -1, 1, 2]), np.array([1, 0, -1])
    zeros = np.pad(np.zeros(5, bool), 1, constant_values=True)
    a = correlate1d(x, w, padding=1)
    for at in range(len(a)):
        yield layer(np.pad(x, 1), w, a, Sliding(zeros, at=at))


def fractional_stride() -> Figure:
    """Three inputs become seven outputs: a zero between neighbours, two at either end."""
    x, w = np.array([1, 2, 3]), np.array([1, 2, -1])
    spread = np.pad(insert_zeros(x, 2), 2)
    zeros = np.pad(insert_zeros(np.ones(3, int), 2), 2) == 0
    return layer(spread, w, fractional1d(x, w, steps=2), Sliding(zeros))


def dilation() -> Figure:
    """Three weights two inputs apart: each output sees five."""
    x, w = np.array([1, 1, -1, 1, 2, 1, -1]), np.array([1, 0, -1])
    return layer(x, w, correlate1d(x, w, dilation=2), Sliding(np.zeros(7, bool), dilation=2))


def layer(x: Array, w: Array, a: Array, sliding: Sliding) -> Figure:
    """The inputs `x` below, the outputs `a` above, the weights `w` at the right, of a window its sum below."""
    at = sliding.at
    with settings():
        figure, axes = sheet(len(x) * GAP + 3.4, 4.8 if at is None else 6.2, UNIT)
        texts = [number(v) if at is None or i <= at else "" for i, v in enumerate(a)]
        _layers(axes, [number(v) for v in x], texts, sliding)
        right = len(x) * GAP + 1.5
        for m, colour in enumerate(WEIGHTS):
            label(axes, right, 1.2 + 1.2 * m, f"$w_{m + 1}=${number(w[m])}", size=0.5, ink=colour)
        if at is not None:
            seen = x[at * sliding.stride :][: len(w)]
            label(axes, 0.3 + len(x) * GAP / 2, 5.6, products(seen, w, a[at]), size=0.5, ink=NOW)
    return figure


def _layers(axes: Axes, x: list[str], a: list[str], sliding: Sliding) -> None:
    left, at = 0.8, sliding.at
    step = sliding.stride * GAP
    middle = left + (sliding.dilation * (len(WEIGHTS) - 1)) / 2 * GAP  # an output stands over what it sees
    if at is not None:
        _looked_at(axes, left + at * step, middle + at * step)
    for output, weight, source in connections(len(a), len(WEIGHTS), sliding.stride, sliding.dilation):
        colour = WEIGHTS[weight] if at in (None, output) else RULE
        if at is None or output <= at:
            connect(axes, (left + source * GAP, LOW), (middle + output * step, HIGH), colour)
    neurons(axes, middle, HIGH, a, gap=step)
    neurons(axes, left, LOW, x, gap=GAP, faint=list(sliding.zeros))


def _looked_at(axes: Axes, x: float, output: float) -> None:
    """The ground of a window whose first input is at x, and the ring of its output."""
    reach = (len(WEIGHTS) - 1) * GAP
    shape = FancyBboxPatch((x - 0.68, LOW - 0.68), reach + 1.36, 1.36, "round,pad=0,rounding_size=0.68")
    shape.set(facecolor=SHADE, edgecolor="none", zorder=0)
    axes.add_patch(shape)
    axes.add_patch(Circle((output, HIGH), 0.62, facecolor=SHADE, edgecolor=NOW, linewidth=2.4, zorder=0))


PITCH, RADIUS = 46, 16
"""Pixels from one neuron to the next, and a neuron's radius, where three layers stand below one another."""


def narrow_wide_same() -> Figure:
    """Three rows of circles: nine inputs with the zeros of each mode, and over them the outputs."""
    with settings():
        figure, axes = canvas(WIDE, 432)
        for row, (mode, name) in enumerate((("narrow", "窄卷积"), ("wide", "宽卷积"), ("same", "等宽卷积"))):
            p = padding_of(mode, len(THREE))
            outputs = len(correlate1d(NINE, THREE, padding=p))
            top = 144 * row + 36
            write(axes, 0, top + 20, name)
            write(axes, 0, top + 56, f"$p={p}$", ink=FAINT)
            _circles(axes, top, len(NINE), p, outputs)
            write(axes, 1010, top + 40, f"{len(NINE)} → {outputs}", ink=NOW)
    return figure


def _circles(axes: Axes, top: float, inputs: int, zeros: int, outputs: int) -> None:
    """A row of inputs with its zeros, centred, over it the outputs, and the first output's window."""
    middle = 576
    left, first = middle - (inputs + 2 * zeros - 1) / 2 * PITCH, middle - (outputs - 1) / 2 * PITCH
    for i in range(len(THREE)):
        axes.plot([left + i * PITCH, first], [top + 76 - RADIUS, top], color=ACCENT, linewidth=1.6, zorder=0)
    for i in range(outputs):
        _circle(axes, first + i * PITCH, top, ACCENT)
    for i in range(inputs + 2 * zeros):
        added = not zeros <= i < inputs + zeros
        _circle(axes, left + i * PITCH, top + 76, FAINT if added else INK, dashed=added)
        if added:
            write(axes, left + i * PITCH, top + 76, "0", size=SMALL, ink=FAINT, align="center")


def _circle(axes: Axes, x: float, y: float, colour: str, *, dashed: bool = False) -> None:
    fill = (colour, 0.0) if dashed else colour
    shape = Circle((x, y), RADIUS, facecolor=fill, edgecolor=colour, linewidth=1.5)
    shape.set_linestyle((0, (3, 2)) if dashed else "solid")
    axes.add_patch(shape)


def fractional_rows() -> Figure:
    """Three rows of cells: three numbers, zeros between them and at the ends, and the seven sums."""
    x, w = np.array([1, 2, 3]), np.array([1, 1, 1])
    spread = np.pad(insert_zeros(x, 2), len(w) - 1)
    given = np.pad(insert_zeros(np.ones(3, bool), 2), len(w) - 1)
    rows = (("输入", x, np.ones(3, bool)), ("插零、补零", spread, given), ("宽卷积", fractional1d(x, w, 2), given[:0]))
    with settings():
        figure, axes = sheet(14.4, 6.6, 0.8)
        for row, (name, values, marked) in enumerate(rows):
            left = 3.6 + (9 - len(values)) / 2
            label(axes, 3.0, 2.7 * row + 0.5, name, size=0.34, align="right")
            label(axes, 14.3, 2.7 * row + 0.5, f"{len(values)} 个", size=0.34, ink=NOW, align="right")
            _cells(axes, left, 2.7 * row, values, marked)
        _window(axes, 3.6, 4.6, w)
    return figure


def _cells(axes: Axes, x: float, y: float, values: Array, given: Array) -> None:
    """Numbers in cells; those that are `given` on a ground, other zeros faint."""
    for i, value in enumerate(values):
        kept = len(given) == 0 or given[i]
        cell(axes, x + i, y, SHADE if len(given) and kept else "none")
        label(axes, x + i + 0.5, y + 0.5, number(value), size=0.4, ink=INK if kept else FAINT)


def _window(axes: Axes, x: float, y: float, w: Array) -> None:
    """What the first sum sees: lines from its inputs down to it."""
    for i, colour in zip(range(len(w)), WEIGHTS, strict=True):
        axes.plot([x + i + 0.5, x + 1.5], [y - 0.85, y + 0.75], color=colour, linewidth=2.4)
