"""Arrays of a known rank, and settings that may differ between rows and columns."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_examples.errors import refuse

Array = NDArray[Any]
"""Numbers of any kind: whole numbers stay whole numbers, so that a slide shows 3 and not 3.0."""

Pair = int | tuple[int, int]
"""One setting for rows and columns, or one for each."""

_SHAPES = {1: "a vector", 2: "a matrix", 4: "an array of four axes"}


def ranked(name: str, value: ArrayLike, rank: int, axes: str = "") -> Array:
    """`value` as an array, of which `rank` axes, none of them empty, are asked for; `axes` says what they mean."""
    array = np.asarray(value)
    if array.ndim != rank or array.size == 0:
        refuse(name, f"an array of shape {array.shape}", f"{_SHAPES.get(rank, f'{rank} axes')} {axes}".strip())
    return array


def pair(value: Pair) -> tuple[int, int]:
    """The setting for rows and the setting for columns."""
    return value if isinstance(value, tuple) else (value, value)
