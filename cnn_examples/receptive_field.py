"""Receptive fields (感受野): which inputs an output depends on."""

from __future__ import annotations

from collections.abc import Sequence

Layer = tuple[int, int] | tuple[int, int, int]
"""Size, step and, where it is not 1, dilation of a convolution or pooling layer."""


def receptive_field(layers: Sequence[Layer]) -> int:
    """Inputs in a row that one output of the last layer depends on.

    From the last layer back to the input: r ← s (r - 1) + d (c - 1) + 1.
    """
    field = 1
    for size, stride, *dilation in reversed(layers):
        field = stride * (field - 1) + (dilation[0] if dilation else 1) * (size - 1) + 1
    return field


def weights(layers: Sequence[Layer]) -> int:
    """Weights of one kernel of each convolution, of one channel; layers with a step other than 1 pool."""
    return sum(size * size for size, step, *_ in layers if step == 1)


STACKS: dict[str, tuple[Layer, ...]] = {
    "一层 3 × 3": ((3, 1),),
    "一层 5 × 5": ((5, 1),),
    "两层 3 × 3": ((3, 1), (3, 1)),
    "2 × 2 汇聚，再 3 × 3": ((2, 2), (3, 1)),
    "一层 3 × 3，空洞 2": ((3, 1, 2),),
    "三层 3 × 3，空洞 1、2、4": ((3, 1, 1), (3, 1, 2), (3, 1, 4)),
}
"""Ways to see more: a larger kernel, more layers, pooling first, or holes."""


def ways() -> None:
    """How the field grows with each of them, and the weights that it takes."""
    for name, layers in STACKS.items():
        field = receptive_field(layers)
        print(f"{field:2} × {field:<2}  {weights(layers):2} 个权重  {name}")
