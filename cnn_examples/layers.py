"""Layers of a network as plain values: what goes through them in which size, and how many parameters each has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import prod

from cnn_examples.convolution import output_size
from cnn_examples.errors import refuse

Shape = tuple[int, ...]
"""(height, width, channels), or (neurons,) after the pictures have been flattened."""


@dataclass(frozen=True, slots=True)
class Convolution:
    """`kernels` kernels of `size` × `size` over all input channels, or, in `groups`, each over its group's share."""

    size: int
    kernels: int
    stride: int = 1
    padding: int = 0
    groups: int = 1

    def output(self, shape: Shape) -> Shape:
        """The size after this layer."""
        height, width, channels = picture(shape)
        if channels % self.groups or self.kernels % self.groups:
            refuse("groups", self.groups, f"a divisor of {channels} channels and {self.kernels} kernels")
        sizes = (output_size(n, self.size, self.stride, self.padding) for n in (height, width))
        return (*sizes, self.kernels)

    def parameters(self, shape: Shape) -> int:
        """Weights and biases."""
        return self.size**2 * picture(shape)[2] // self.groups * self.kernels + self.kernels


@dataclass(frozen=True, slots=True)
class Pooling:
    """Maximum or mean of `size` × `size` regions. `ceiling` also counts a last region that is cut off by the border."""

    size: int
    stride: int
    padding: int = 0
    ceiling: bool = False

    def output(self, shape: Shape) -> Shape:
        """The size after this layer."""
        height, width, channels = picture(shape)
        rest = self.stride - 1 if self.ceiling else 0
        return (*(output_size(n + rest, self.size, self.stride, self.padding) for n in (height, width)), channels)

    def parameters(self, shape: Shape) -> int:
        """None."""
        picture(shape)
        return 0


@dataclass(frozen=True, slots=True)
class Dense:
    """`neurons` neurons, each connected to everything before it."""

    neurons: int

    def output(self, shape: Shape) -> Shape:
        """The size after this layer, whatever was before."""
        return (self.neurons,) if shape else ()

    def parameters(self, shape: Shape) -> int:
        """Weights and biases."""
        return prod(shape) * self.neurons + self.neurons


@dataclass(frozen=True, slots=True)
class Inception:
    """Inception v1: 1 × 1, 3 × 3, 5 × 5 and pooling side by side, the last three through 1 × 1 convolutions.

    Numbers of kernels in the order of the table in "Going deeper with convolutions" (Szegedy et al., 2015).
    """

    one: int
    three_reduce: int
    three: int
    five_reduce: int
    five: int
    pool: int

    def branches(self) -> tuple[tuple[Convolution | Pooling, ...], ...]:
        """The four branches; all keep height and width."""
        return (
            (Convolution(1, self.one),),
            (Convolution(1, self.three_reduce), Convolution(3, self.three, padding=1)),
            (Convolution(1, self.five_reduce), Convolution(5, self.five, padding=2)),
            (Pooling(3, 1, padding=1), Convolution(1, self.pool)),
        )

    def output(self, shape: Shape) -> Shape:
        """The size after this layer: the branches' channels, one after the other."""
        height, width, _ = picture(shape)
        return (height, width, self.one + self.three + self.five + self.pool)

    def parameters(self, shape: Shape) -> int:
        """Weights and biases of the six convolutions."""
        return sum(row.parameters for branch in self.branches() for row in table(branch, shape))


Layer = Convolution | Pooling | Dense | Inception


@dataclass(frozen=True, slots=True)
class Row:
    """One layer of a network: the size after it and its parameters."""

    layer: Layer
    shape: Shape
    parameters: int


def table(layers: Iterable[Layer], shape: Shape) -> Iterator[Row]:
    """What becomes of an input of `shape`, layer by layer."""
    for layer in layers:
        parameters, shape = layer.parameters(shape), layer.output(shape)
        yield Row(layer, shape, parameters)


def picture(shape: Shape) -> tuple[int, int, int]:
    """Height, width and channels; anything else cannot be convolved or pooled."""
    if len(shape) != 3:
        refuse("shape", shape, "(height, width, channels)")
    return shape[0], shape[1], shape[2]
