"""A model as a table that fits a slide: Keras' own `summary` without its boxes, if need be without its middle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import keras

Row = tuple[str, str, int]
"""Name and class, size of the output, parameters."""


CHINESE = {"Conv2D": "卷积", "AveragePooling2D": "平均汇聚", "Flatten": "展平", "Dense": "全连接"}
"""What a slide calls the classes of Keras' layers."""


def rows(model: keras.Model, *, names: bool = True) -> Iterator[Row]:
    """One row for each layer of `model`; a network within it is one layer. Without `names` only what it is."""
    for layer in model.layers:
        size = "×".join("?" if n is None else str(n) for n in layer.output.shape[1:])
        kind = type(layer).__name__
        yield f"{layer.name} ({kind})" if names else kind, size, layer.count_params()


def show(model: keras.Model, first: int | None = None, last: int = 0, *, names: bool = True) -> None:
    """Print the layers of `model`, or only the `first` and the `last` so many, and how many parameters it has."""
    table = list(rows(model, names=names))
    skipped = 0 if first is None else max(len(table) - first - last, 0)
    wide, side, long = (max(map(len, column)) for column in zip(*map(_written, table), strict=True))
    for i, row in enumerate(table):
        if skipped and i == first:
            print(f"…… 略去 {skipped} 层 ……")
        if not (skipped and first is not None and first <= i < first + skipped):
            name, size, parameters = _written(row)
            print(f"{name:{wide}}  {size:>{side}}  {parameters:>{long}}")
    trained, total = trainable(model), model.count_params()
    print(f"参数 {total:,}" + ("" if trained == total else f"，其中可训练 {trained:,}"))


def lenet() -> list[dict[str, str | int]]:
    """LeNet-5, layer by layer, and all of it."""
    from cnn_examples.lenet import lenet5

    model = lenet5()
    layers: list[dict[str, str | int]] = [
        {"层": CHINESE.get(kind, kind), "输出": size, "参数": count} for kind, size, count in rows(model, names=False)
    ]
    return [*layers, {"层": "共", "输出": "", "参数": model.count_params()}]


def _written(row: Row) -> tuple[str, str, str]:
    name, size, parameters = row
    return name, size, f"{parameters:,}"


def trainable(model: keras.Model) -> int:
    """Parameters of `model` that training changes."""
    return int(sum(np.prod(weight.shape) for weight in model.trainable_weights))
