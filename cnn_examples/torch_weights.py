"""Weights that PyTorch saved, read without PyTorch, and without running anything that a pickle could hide.

The file is of PyTorch's first kind: five pickles (a magic number, the protocol, the machine, the arrays without their
numbers, the names of their storages), then for each storage its length and its numbers.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from cnn_examples.arrays import Array
from cnn_examples.errors import refuse

MAGIC = 0x1950A86A20F9469CFC6C
DTYPES: dict[str, np.dtype[Any]] = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


@dataclass(frozen=True)
class Part:
    """A view of a storage, before its numbers are known."""

    storage: tuple[str, np.dtype[Any], int]
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def of(self, numbers: Array) -> Array:
        """The array, out of all numbers of its storage."""
        size = self.storage[1].itemsize
        last = self.offset + sum((n - 1) * step for n, step in zip(self.shape, self.strides, strict=True))
        if min((*self.shape, *self.strides, self.offset + 1), default=1) < 1 and self.shape:
            refuse("file", f"an array of shape {self.shape}", "one with positive sizes and steps")
        if not 0 <= self.offset <= last < len(numbers):
            refuse("file", f"an array that ends at {last}", f"one within its {len(numbers)} numbers")
        steps = [step * size for step in self.strides]
        return np.lib.stride_tricks.as_strided(numbers[self.offset :], self.shape, steps, writeable=False)


class Unpickler(pickle.Unpickler):
    """Knows four names, none of which does anything but hold data."""

    def find_class(self, module: str, name: str) -> Callable[..., object]:
        """The class or function that the pickle asks for, if it is one of the four."""
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _part
        if module == "torch" and name in DTYPES:
            return partial(refuse, "file", name)  # only ever named, never called
        raise pickle.UnpicklingError(f"the file asks for {module}.{name}, which weights do not need")

    def persistent_load(self, pid: tuple[Any, ...]) -> tuple[str, np.dtype[Any], int]:
        """A storage by its key, type and length."""
        _, kind, key, _, length, *_ = pid
        return str(key), DTYPES[kind.args[1]], int(length)


def read(file: Path) -> dict[str, Array]:
    """The arrays in `file` by their names."""
    with file.open("rb") as stream:
        if _load(stream) != MAGIC:
            refuse("file", file.name, "one of PyTorch's first kind (before 1.6)")
        _load(stream), _load(stream)
        parts: dict[str, Part] = dict(_load(stream))
        storages = {part.storage[0]: part.storage for part in parts.values()}
        numbers = {key: _numbers(stream, *storages[key]) for key in _load(stream)}
    return {name: part.of(numbers[part.storage[0]]) for name, part in parts.items()}


def _load(stream: BinaryIO) -> Any:  # noqa: ANN401  # a pickle holds anything
    return Unpickler(stream).load()


def _part(
    storage: tuple[str, np.dtype[Any], int], offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: object
) -> Part:
    return Part(storage, offset, tuple(shape), tuple(strides))


def _numbers(stream: BinaryIO, key: str, dtype: np.dtype[Any], length: int) -> Array:
    if (found := int.from_bytes(stream.read(8), "little")) != length:
        refuse("file", f"{found} numbers in storage {key}", f"{length}")
    return np.frombuffer(stream.read(length * dtype.itemsize), dtype, length)
