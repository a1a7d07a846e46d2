"""Figures of one-dimensional convolution: neurons, and connections whose colour is their weight."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from cnn_examples.arrays import Array
from cnn_examples.convolution import correlate1d
from cnn_examples.drawing import connect, connections, label, neurons, number
from cnn_examples.fractional import fractional1d, insert_zeros
from cnn_examples.style import BLUE, GREEN, RED, settings, sheet

WEIGHTS = (RED, GREEN, BLUE)
"""The colours of w_1, w_2 and w_3."""
GAP, HIGH, LOW, UNIT = 1.6, 0.8, 4.0, 0.6


def shared_weights() -> Figure:
    """Six inputs, four outputs, three weights that all outputs share."""
    x = [f"$x_{i}$" for i in range(1, 7)]
    a = [f"$a_{i}$" for i in range(1, 5)]
    with settings():
        figure, axes = sheet(12.4, 4.8, UNIT)
        _layers(axes, x, a, [False] * 6)
        for m, colour in enumerate(WEIGHTS):
            y = 1.2 + 1.2 * m
            label(axes, 11.4, y, f"$w_{m + 1}$", size=0.75, ink=colour)
    return figure


def stride() -> Figure:
    """A kernel that moves on by two: (7 - 3) / 2 + 1 = 3 outputs."""
    x, w = np.array([1, 1, -1, 1, 2, 1, -1]), np.array([1, 0, -1])
    return layer(x, w, correlate1d(x, w, stride=2), stride=2)


def padding() -> Figure:
    """A zero at either end: (5 - 3 + 2) / 1 + 1 = 5 outputs of 5 inputs."""
    x, w = np.array([1, 1, -1, 1, 2]), np.array([1, 0, -1])
    zeros = np.pad(np.zeros(5, bool), 1, constant_values=True)
    return layer(np.pad(x, 1), w, correlate1d(x, w, padding=1), zeros)


def fractional_stride() -> Figure:
    """Three inputs become seven outputs: a zero between neighbours, two at either end."""
    x, w = np.array([1, 2, 3]), np.array([1, 2, -1])
    spread = np.pad(insert_zeros(x, 2), 2)
    zeros = np.pad(insert_zeros(np.ones(3, int), 2), 2) == 0
    return layer(spread, w, fractional1d(x, w, steps=2), zeros)


def dilation() -> Figure:
    """Three weights two inputs apart: each output sees five."""
    x, w = np.array([1, 1, -1, 1, 2, 1, -1]), np.array([1, 0, -1])
    return layer(x, w, correlate1d(x, w, dilation=2), dilation=2)


def layer(x: Array, w: Array, a: Array, zeros: ArrayLike = (), *, stride: int = 1, dilation: int = 1) -> Figure:
    """The inputs `x` below, the outputs `a` above, the weights `w` at the right; `zeros` marks those put in."""
    marks = np.asarray(zeros, bool) if np.size(zeros) else np.zeros(len(x), bool)
    with settings():
        figure, axes = sheet(len(x) * GAP + 3.4, 4.8, UNIT)
        _layers(axes, [number(v) for v in x], [number(v) for v in a], list(marks), stride, dilation)
        right = len(x) * GAP + 1.5
        for m, colour in enumerate(WEIGHTS):
            label(axes, right, 1.2 + 1.2 * m, f"$w_{m + 1}=${number(w[m])}", size=0.6, ink=colour)
    return figure


def _layers(axes: Axes, x: list[str], a: list[str], zeros: list[bool], stride: int = 1, dilation: int = 1) -> None:
    left = 0.8
    middle = left + (dilation * (len(WEIGHTS) - 1)) / 2 * GAP  # an output stands over the middle of what it sees
    for output, weight, source in connections(len(a), len(WEIGHTS), stride, dilation):
        start = (left + source * GAP, LOW)
        connect(axes, start, (middle + output * stride * GAP, HIGH), WEIGHTS[weight])
    neurons(axes, middle, HIGH, a, gap=GAP * stride)
    neurons(axes, left, LOW, x, gap=GAP, faint=zeros)
