"""A model as a table that fits a slide: Keras' own `summary` without its boxes, if need be without its middle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import keras

Row = tuple[str, str, int]
"""Name and class, size of the output, parameters."""


def rows(model: keras.Model) -> Iterator[Row]:
    """One row for each layer of `model`; a network within it is one layer."""
    for layer in model.layers:
        size = "×".join("?" if n is None else str(n) for n in layer.output.shape[1:])
        yield f"{layer.name} ({type(layer).__name__})", size, layer.count_params()


def show(model: keras.Model, first: int | None = None, last: int = 0) -> None:
    """Print the layers of `model`, or only the `first` and the `last` so many, and how many parameters it has."""
    table = list(rows(model))
    skipped = 0 if first is None else max(len(table) - first - last, 0)
    width = max(len(name) for name, _, _ in table)
    for i, (name, size, parameters) in enumerate(table):
        if skipped and i == first:
            print(f"…… 略去 {skipped} 层 ……")
        if not (skipped and first is not None and first <= i < first + skipped):
            print(f"{name:{width}}  {size:>11}  {parameters:11,}")
    trained, total = trainable(model), model.count_params()
    print(f"参数 {total:,}" + ("" if trained == total else f"，其中可训练 {trained:,}"))


def trainable(model: keras.Model) -> int:
    """Parameters of `model` that training changes."""
    return int(sum(np.prod(weight.shape) for weight in model.trainable_weights))
